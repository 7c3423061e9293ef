// What the texts need, for clang with AMD as the target: its allocator of registers stands in for one that only NVIDIA has. REGISTERS is the most that a thread may have.
#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(threads) __attribute__((amdgpu_flat_work_group_size(threads, threads), amdgpu_waves_per_eu(1), amdgpu_num_vgpr(REGISTERS)))

struct ThreadX { __device__ operator unsigned() const { return __builtin_amdgcn_workitem_id_x(); } };
struct BlockX { __device__ operator unsigned() const { return __builtin_amdgcn_workgroup_id_x(); } };
struct Thread { ThreadX x; };
struct Block { BlockX x; };
static __device__ const Thread threadIdx{};
static __device__ const Block blockIdx{};

__device__ __forceinline__ bool __any_sync(unsigned, bool value) { return __builtin_amdgcn_uicmp((unsigned)value, 0u, 33) != 0; }
__device__ __forceinline__ float __shfl_xor_sync(unsigned, float value, int distance)
{
    union { float number; int bits; } lane = {value};
    lane.bits = __builtin_amdgcn_ds_bpermute(4 * (__builtin_amdgcn_mbcnt_lo(~0u, 0) ^ distance), lane.bits);
    return lane.number;
}
__device__ __forceinline__ float sqrtf(float x) { return __builtin_sqrtf(x); }
__device__ __forceinline__ float expf(float x) { return __builtin_expf(x); }
// About what it costs: texts are compiled, not run.
__device__ __forceinline__ float tanhf(float x) { return 1.0f - 2.0f / (expf(x + x) + 1.0f); }
__device__ __forceinline__ float expm1f(float x) { return expf(x) - 1.0f; }
__device__ __forceinline__ float log1pf(float x) { return __builtin_logf(1.0f + x); }
__device__ __forceinline__ float sinf(float x) { return __builtin_amdgcn_sinf(x * 0.159154943f); }
__device__ __forceinline__ float cosf(float x) { return __builtin_amdgcn_cosf(x * 0.159154943f); }
__device__ __forceinline__ float erfcf(float x) { float t = 1.0f / (1.0f + 0.3275911f * x); return expf(-x * x) * t * (0.2548f + t * (-0.2845f + t * (1.4214f + t * (-1.4532f + t * 1.0614f)))); }
__device__ __forceinline__ float erff(float x) { return 1.0f - erfcf(x); }
