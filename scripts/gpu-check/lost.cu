// Loaded into a process, breaks its CUDA context for good, some seconds after the process has loaded ONNX Runtime's
// CUDA provider: a kernel writes where no memory is.
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <unistd.h>

__global__ void write_nowhere() { *reinterpret_cast<volatile int*>(16) = 1; }

static bool provider_is_loaded() {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    if (line.find("libonnxruntime_providers_cuda") != std::string::npos) return true;
  }
  return false;
}

static void break_context() {
  while (!provider_is_loaded()) usleep(100'000);
  const char* seconds = std::getenv("LOST_AFTER");
  usleep(1'000'000 * (seconds ? std::atoi(seconds) : 5));
  write_nowhere<<<1, 1>>>();
  cudaDeviceSynchronize();
}

__attribute__((constructor)) static void begin() { std::thread(break_context).detach(); }
