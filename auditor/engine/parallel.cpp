#include "auditor/engine/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace audit {

void in_parallel(std::size_t threads, std::size_t count, const std::function<void(std::size_t, std::size_t)>& work) {
  threads = std::min(threads, count);
  if (threads <= 1) {
    for (std::size_t item = 0; item < count; ++item) work(0, item);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex mutex;
  const auto run = [&](std::size_t thread) {
    try {
      for (std::size_t item = next++; item < count; item = next++) work(thread, item);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  };
  std::vector<std::jthread> workers;
  for (std::size_t thread = 1; thread < threads; ++thread) workers.emplace_back(run, thread);
  run(0);  // the thread that waits for the others is one of them
  workers.clear();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace audit
