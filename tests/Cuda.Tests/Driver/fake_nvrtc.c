// The functions of NVRTC that the tests need: what it compiles is the text itself after a line that says for which device, and a text with "#error" does not compile.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct { char *source, *name; char target[64], log[256]; } Program;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static char notes[1 << 16];
static int minor_version = 8, live, delay;

// What the tests call.
const char* fake_notes(void) { return notes; }
int fake_live(void) { return live; }
void fake_delay(int milliseconds) { delay = milliseconds; }
void fake_version(int minor) { minor_version = minor; }

int nvrtcVersion(int* major, int* minor) { *major = 12; *minor = minor_version; return 0; }
int nvrtcGetNumSupportedArchs(int* count) { *count = 4; return 0; }
int nvrtcGetSupportedArchs(int* architectures) { int all[] = {70, 80, 86, 90}; memcpy(architectures, all, sizeof all); return 0; }

int nvrtcCreateProgram(Program** program, const char* source, const char* name, int headers, const char** texts, const char** names)
{
    *program = calloc(1, sizeof(Program));
    (*program)->source = strdup(source);
    (*program)->name = strdup(name);
    __sync_fetch_and_add(&live, 1);
    return headers != 0;
}

int nvrtcCompileProgram(Program* program, int count, const char** options)
{
    usleep(1000 * delay);
    pthread_mutex_lock(&mutex);
    strcat(notes, program->name);
    for (int i = 0; i < count; i++)
    {
        strcat(strcat(notes, " "), options[i]);
        if (strncmp(options[i], "--gpu-architecture=", 19) == 0) strcpy(program->target, options[i] + 19);
    }

    strcat(notes, "\n");
    pthread_mutex_unlock(&mutex);
    if (strstr(program->source, "#error") == NULL) return 0;
    snprintf(program->log, sizeof program->log, "%s(1): error: an \xc3\xa9rror\n", program->name);
    return 6;
}

int nvrtcDestroyProgram(Program** program) { free((*program)->source); free((*program)->name); free(*program); *program = NULL; __sync_fetch_and_sub(&live, 1); return 0; }

static size_t print(Program* program, const char* kind, char* image, size_t size) { return 1 + snprintf(image, size, "%s %s\n%s", kind, program->target, program->source); }
static int is_ptx(Program* program) { return strncmp(program->target, "compute_", 8) == 0; }

int nvrtcGetCUBINSize(Program* program, size_t* size) { *size = is_ptx(program) ? 0 : print(program, "cubin", NULL, 0); return 0; }
int nvrtcGetCUBIN(Program* program, char* image) { print(program, "cubin", image, 1 << 20); return is_ptx(program); }
int nvrtcGetPTXSize(Program* program, size_t* size) { *size = print(program, "ptx", NULL, 0); return 0; }
int nvrtcGetPTX(Program* program, char* image) { print(program, "ptx", image, 1 << 20); return 0; }
int nvrtcGetProgramLogSize(Program* program, size_t* size) { *size = strlen(program->log) + 1; return 0; }
int nvrtcGetProgramLog(Program* program, char* log) { strcpy(log, program->log); return 0; }
const char* nvrtcGetErrorString(int code) { return code == 6 ? "NVRTC_ERROR_COMPILATION" : "NVRTC_ERROR_OTHER"; }
