// What CUDA has built in, for a host compiler: blocks run one after the other, their threads as fibers that take turns where lanes exchange numbers.
// Where reversed_order is set, blocks and lanes run in the opposite order.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <ucontext.h>
#include <vector>

#define __global__
#define __device__
#define __forceinline__ inline
#define __launch_bounds__(...)

struct Dim { unsigned x, y, z; };
static Dim threadIdx, blockIdx;

struct Fiber { ucontext_t context; bool done; std::vector<char> stack; };
static const int STACK = 1 << 17;
static ucontext_t scheduler;
static std::vector<Fiber> fibers;
static std::vector<double> deposit;
static int current;
static std::function<void()> body;
static bool reversed_order;

static void enter() { body(); fibers[current].done = true; swapcontext(&fibers[current].context, &scheduler); }
static void pause_lane() { swapcontext(&fibers[current].context, &scheduler); }

// Every lane deposits its number before any takes one, and has taken it before any deposits the next.
template <typename T> T __shfl_xor_sync(unsigned, T value, int distance)
{
    deposit[current] = (double)value;
    pause_lane();
    T other = (T)deposit[current ^ distance];
    pause_lane();
    return other;
}

inline bool __any_sync(unsigned, bool value)
{
    deposit[current] = value;
    pause_lane();
    bool any = false;
    for (int lane = 0, warp = current / 32 * 32; lane < 32; lane++) any |= deposit[warp + lane] != 0;
    pause_lane();
    return any;
}

template <typename F> void launch(long grid, int block, F kernel)
{
    fibers.resize(block);
    deposit.resize(block);
    body = kernel;
    for (long b = 0; b < grid; b++)
    {
        for (auto& fiber : fibers)
        {
            fiber.stack.resize(STACK);
            getcontext(&fiber.context);
            fiber.context.uc_stack.ss_sp = fiber.stack.data();
            fiber.context.uc_stack.ss_size = STACK;
            fiber.context.uc_link = &scheduler;
            fiber.done = false;
            makecontext(&fiber.context, enter, 0);
        }

        for (bool any = true; any;)
        {
            any = false;
            for (int q = 0; q < block; q++)
            {
                int t = reversed_order ? block - 1 - q : q;
                if (fibers[t].done) continue;
                current = t;
                blockIdx = {(unsigned)(reversed_order ? grid - 1 - b : b), 0, 0};
                threadIdx = {(unsigned)t, 0, 0};
                swapcontext(&scheduler, &fibers[t].context);
                any |= !fibers[t].done;
            }
        }
    }
}

template <typename V> std::vector<V> read(FILE* file, size_t count)
{
    std::vector<V> values(count);
    if (fread(values.data(), sizeof(V), count, file) != count) abort();
    return values;
}

template <typename V> void write(FILE* file, const std::vector<V>& values) { fwrite(values.data(), sizeof(V), values.size(), file); }
