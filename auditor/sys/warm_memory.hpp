#pragma once

namespace audit {

// Asks the kernel at once, in one piece, for the memory that every run needs anyway: page by page it takes a good part of a short run, most of all on virtual machines.
// For the start of main(), before there are other threads. Never fails: where it cannot be done, pages come as they are touched.
void warm_memory();

}  // namespace audit
