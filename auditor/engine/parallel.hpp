#pragma once
// Work on several threads.

#include <cstddef>
#include <functional>

namespace audit {

// Runs `work(thread, item)` for items 0..count-1 on up to `threads` threads. The first exception stops the rest and is
// thrown again.
void in_parallel(std::size_t threads, std::size_t count, const std::function<void(std::size_t, std::size_t)>& work);

}  // namespace audit
