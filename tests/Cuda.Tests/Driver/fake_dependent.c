// A library that uses NVRTC, as libcaffe2_nvrtc.so does, and has none of its functions.
extern int nvrtcVersion(int*, int*);
void* caffe2_table(void) { return nvrtcVersion; }
