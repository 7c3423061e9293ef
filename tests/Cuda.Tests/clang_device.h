// What NVRTC has built in, for clang's CUDA front end without NVIDIA's headers.
#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...) __attribute__((launch_bounds(__VA_ARGS__)))

struct ThreadX { __device__ operator unsigned() const { return __nvvm_read_ptx_sreg_tid_x(); } };
struct BlockX { __device__ operator unsigned() const { return __nvvm_read_ptx_sreg_ctaid_x(); } };
struct Thread { ThreadX x; };
struct Block { BlockX x; };
static __device__ const Thread threadIdx{};
static __device__ const Block blockIdx{};

__device__ __forceinline__ bool __any_sync(unsigned mask, bool value) { return __nvvm_vote_any_sync(mask, value); }
__device__ __forceinline__ float __shfl_xor_sync(unsigned mask, float value, int distance) { return __nvvm_shfl_sync_bfly_f32(mask, value, distance, 31); }
__device__ __forceinline__ double __shfl_xor_sync(unsigned mask, double value, int distance)
{
    union { double whole; int half[2]; } number;
    number.whole = value;
    number.half[0] = __nvvm_shfl_sync_bfly_i32(mask, number.half[0], distance, 31);
    number.half[1] = __nvvm_shfl_sync_bfly_i32(mask, number.half[1], distance, 31);
    return number.whole;
}

// Functions of CUDA's mathematical library: texts are compiled, not linked.
extern "C" __device__ float sqrtf(float), expf(float), tanhf(float), expm1f(float), log1pf(float), sinf(float), cosf(float), erff(float), erfcf(float);
extern "C" __device__ double sqrt(double), exp(double), tanh(double), expm1(double), log1p(double), sin(double), cos(double), erf(double), erfc(double);
