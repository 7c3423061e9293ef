// The functions of the driver that the tests need, without a GPU: it takes what fake_nvrtc.c returns, notes each launch, fails when it is told to, and notices a wrong context.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OUT_OF_MEMORY = 2, INVALID_DEVICE = 101, INVALID_IMAGE = 200, INVALID_CONTEXT = 201, NO_BINARY = 209, INVALID_HANDLE = 400, NOT_FOUND = 500 };

typedef struct { long context; char* text; } Module;
typedef struct { Module* module; char name[128]; int arguments; } Function;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static char notes[1 << 20];
static int devices = 2, architectures[] = {80, 90};
static char failing[64];
static int failing_code, failing_times;
static __thread long stack[64];
static __thread int depth;

// What the tests call.
const char* fake_notes(void) { return notes; }
int fake_depth(void) { return depth; }
long fake_current(void) { return depth == 0 ? 0 : stack[depth - 1]; }
void fake_push(long context) { stack[depth++] = context; }
void fake_device(int device, int architecture) { architectures[device] = architecture; }
void fake_fail(const char* function, int code, int times) { strcpy(failing, function); failing_code = code; failing_times = times; }

static void note(const char* line)
{
    pthread_mutex_lock(&mutex);
    strcat(notes, line);
    strcat(notes, "\n");
    pthread_mutex_unlock(&mutex);
}

static int failure(const char* function)
{
    pthread_mutex_lock(&mutex);
    int code = strcmp(function, failing) == 0 && failing_times > 0 ? failing_code : 0;
    if (code != 0) failing_times--;
    pthread_mutex_unlock(&mutex);
    return code;
}

#define MAY_FAIL if (failure(__func__)) return failing_code;

#ifndef STARTS_WITH
#define STARTS_WITH 0
#endif

int cuInit(unsigned flags) { return STARTS_WITH; }
int cuDeviceGetCount(int* count) { *count = devices; return 0; }

int cuDeviceGet(int* device, int ordinal)
{
    MAY_FAIL
    if (ordinal < 0 || ordinal >= devices) return INVALID_DEVICE;
    *device = 10 + ordinal;
    return 0;
}

int cuDeviceGetName(char* name, int length, int device) { snprintf(name, length, "Fake GPU %d", device - 10); return 0; }
int cuDeviceGetAttribute(int* value, int attribute, int device) { *value = attribute == 75 ? architectures[device - 10] / 10 : attribute == 76 ? architectures[device - 10] % 10 : -1; return 0; }

int cuDevicePrimaryCtxRetain(long* context, int device)
{
    MAY_FAIL
    *context = 1000 + device - 10;
    char line[64];
    snprintf(line, sizeof line, "retain %ld", *context);
    note(line);
    return 0;
}

int cuCtxPushCurrent_v2(long context) { MAY_FAIL stack[depth++] = context; return 0; }

int cuCtxPopCurrent_v2(long* context)
{
    if (depth == 0) return INVALID_CONTEXT;
    *context = stack[--depth];
    MAY_FAIL
    return 0;
}

int cuModuleLoadData(Module** module, const char* image)
{
    if (fake_current() < 1000) return INVALID_CONTEXT;
    int architecture, device = architectures[fake_current() - 1000];
    char line[128];
    snprintf(line, sizeof line, "load %.*s in %ld", (int)strcspn(image, "\n"), image, fake_current());
    note(line);
    MAY_FAIL
    if (sscanf(image, "cubin sm_%d", &architecture) == 1) { if (architecture != device) return NO_BINARY; }
    else if (sscanf(image, "ptx compute_%d", &architecture) == 1) { if (architecture > device) return NO_BINARY; }
    else return INVALID_IMAGE;
    *module = malloc(sizeof(Module));
    (*module)->context = fake_current();
    (*module)->text = strdup(image);
    return 0;
}

int cuModuleUnload(Module* module) { note("unload"); return 0; }

int cuModuleGetFunction(Function** function, Module* module, const char* name)
{
    char line[160], text[160];
    snprintf(line, sizeof line, "function %s in %ld", name, fake_current());
    note(line);
    MAY_FAIL
    if (module->context != fake_current()) return INVALID_HANDLE;
    snprintf(text, sizeof text, "void %s(", name);
    const char* start = strstr(module->text, text);
    if (start == NULL) return NOT_FOUND;
    *function = malloc(sizeof(Function));
    (*function)->module = module;
    (*function)->arguments = 1;
    strcpy((*function)->name, name);
    for (const char* c = start; *c != ')'; c++) (*function)->arguments += *c == ',';
    return 0;
}

// A comment "local NAME" in the text says that a kernel keeps numbers in local memory.
int cuFuncGetAttribute(int* value, int attribute, Function* function)
{
    char text[160];
    snprintf(text, sizeof text, "local %s", function->name);
    *value = attribute == 3 ? (strstr(function->module->text, text) != NULL ? 64 : 0) : attribute == 4 ? 40 : -1;
    return 0;
}

int cuLaunchKernel(Function* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared, long stream, void** arguments, void** extra)
{
    MAY_FAIL
    if (function->module->context != fake_current()) return INVALID_HANDLE;
    char line[1024];
    int n = snprintf(line, sizeof line, "launch %s grid %u %u %u block %u %u %u shared %u stream %ld in %ld:", function->name, gx, gy, gz, bx, by, bz, shared, stream, fake_current());
    for (int i = 0; i < function->arguments; i++) n += snprintf(line + n, sizeof line - n, " %lld", *(long long*)arguments[i]);
    note(line);
    return 0;
}

int cuGetErrorName(int code, const char** name)
{
    *name = code == OUT_OF_MEMORY ? "CUDA_ERROR_OUT_OF_MEMORY" : code == INVALID_DEVICE ? "CUDA_ERROR_INVALID_DEVICE" : code == 700 ? "CUDA_ERROR_ILLEGAL_ADDRESS"
        : code == NOT_FOUND ? "CUDA_ERROR_NOT_FOUND" : code == NO_BINARY ? "CUDA_ERROR_NO_BINARY_FOR_GPU" : code == INVALID_IMAGE ? "CUDA_ERROR_INVALID_IMAGE" : NULL;
    return *name == NULL;
}

int cuGetErrorString(int code, const char** text) { *text = code == OUT_OF_MEMORY ? "out of memory" : "a text of the driver"; return 0; }
