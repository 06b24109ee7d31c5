#include "auditor/sys/warm_memory.hpp"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace audit {

#if defined(__GLIBC__) && defined(MADV_POPULATE_WRITE) && !defined(__SANITIZE_ADDRESS__)

namespace {

constexpr std::uintptr_t kHeapBytes = 2 << 20;  // of a scan of a few small stores
constexpr int kMapThreshold = 1 << 20;          // larger blocks are mappings of their own, and given back when they are freed

std::uintptr_t end_of_heap() { return reinterpret_cast<std::uintptr_t>(::sbrk(0)); }

}  // namespace

void warm_memory() {
  ::mallopt(M_MMAP_THRESHOLD, kMapThreshold);
  ::mallopt(M_TRIM_THRESHOLD, 2 * kMapThreshold);
  ::mallopt(M_TOP_PAD, static_cast<int>(kHeapBytes));
  const std::uintptr_t before = end_of_heap();
  void* volatile block = std::malloc(kMapThreshold / 2);  // makes the heap grow, by the padding as well; volatile: not to be left out
  std::free(block);
  ::mallopt(M_TOP_PAD, 1 << 17);
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const std::uintptr_t from = (before + page - 1) / page * page;
  if (end_of_heap() <= from) return;
  ::madvise(reinterpret_cast<void*>(from), end_of_heap() - from, MADV_POPULATE_WRITE);  // NOLINT: an address of the heap
}

#else

void warm_memory() {}

#endif

}  // namespace audit
