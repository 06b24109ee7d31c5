#pragma once

#include <cstddef>

namespace audit {

// Asks the kernel at once, in one piece, for the memory that every run needs anyway: page by page it takes a good part of a short run, most of all on virtual machines.
// What is needed until the first question is asked; for the start of main(), before there are other threads. Never fails: where it cannot be done, pages come as they are touched.
void warm_memory();

// What reading a few small stores needs: once, however often it is called; best while another program works on an answer. For the first thread. Never fails.
void warm_memory_for_reading();

// Says that about so many bytes will be asked for in small blocks; for the first thread, whose heap grows then in one piece. Never fails.
void expect_small_blocks(std::size_t bytes);

// Says of a large block that was just made that most of it will be written: it may then come in pages of 2 MiB. Blocks of a few MiB are left alone. Never fails.
void expect_writes(void* block, std::size_t bytes);

}  // namespace audit
