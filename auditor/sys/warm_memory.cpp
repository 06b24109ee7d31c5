#include "auditor/sys/warm_memory.hpp"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>

namespace audit {

#if defined(__GLIBC__) && defined(MADV_POPULATE_WRITE) && !defined(__SANITIZE_ADDRESS__)

namespace {

constexpr std::size_t kFirstBytes = 1 << 18;  // until the first question is asked
constexpr std::size_t kHeapBytes = 2 << 20;   // of a scan of a few small stores
constexpr std::size_t kMostGrown = 64 << 20;  // at once
constexpr int kMapThreshold = 1 << 20;        // larger blocks are mappings of their own, and given back when they are freed
constexpr std::size_t kMostInHeap = kMapThreshold / 2;
constexpr int kPadding = 1 << 17;

std::uintptr_t end_of_heap() { return reinterpret_cast<std::uintptr_t>(::sbrk(0)); }

void grow_heap(std::size_t bytes) {
  ::mallopt(M_TOP_PAD, static_cast<int>(bytes));
  const std::uintptr_t before = end_of_heap();
  void* volatile block = std::malloc(std::min(bytes, kMostInHeap));  // makes the heap grow, by the padding as well; volatile: not to be left out
  std::free(block);
  ::mallopt(M_TOP_PAD, kPadding);
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const std::uintptr_t from = (before + page - 1) / page * page;
  if (end_of_heap() <= from) return;
  ::madvise(reinterpret_cast<void*>(from), end_of_heap() - from, MADV_POPULATE_WRITE);  // NOLINT: an address of the heap
}

}  // namespace

void warm_memory() {
  ::mallopt(M_MMAP_THRESHOLD, kMapThreshold);
  ::mallopt(M_TRIM_THRESHOLD, static_cast<int>(kMostGrown));
  grow_heap(kFirstBytes);
}

void warm_memory_for_reading() {
  static std::atomic_flag done = ATOMIC_FLAG_INIT;
  if (!done.test_and_set()) grow_heap(kHeapBytes);
}

void expect_small_blocks(std::size_t bytes) {
  if (bytes >= kHeapBytes) grow_heap(std::min(bytes, kMostGrown));
}

#else

void warm_memory() {}
void warm_memory_for_reading() {}
void expect_small_blocks(std::size_t /*bytes*/) {}

#endif

void expect_writes(void* block, std::size_t bytes) {
#ifdef MADV_HUGEPAGE
  constexpr std::uintptr_t kHugePage = 2 << 20;
  constexpr std::size_t kFewPages = 2 * kHugePage;
  const auto from = (reinterpret_cast<std::uintptr_t>(block) + kHugePage - 1) / kHugePage * kHugePage;
  const std::uintptr_t to = (reinterpret_cast<std::uintptr_t>(block) + bytes) / kHugePage * kHugePage;
  if (bytes >= kFewPages && to > from) ::madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE);  // NOLINT: inside the block
#else
  (void)block;
  (void)bytes;
#endif
}

}  // namespace audit
