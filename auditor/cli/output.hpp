#pragma once
// Writing a report in the formats that were asked for.

#include "auditor/cli/command.hpp"

namespace audit {

// Throws Error(usage) for formats that do not exist. Call it before the work starts.
void check_formats(const Invocation& invocation);
// The same, and for files that could not be written: known before anything is read or changed.
void expect_reports(const Invocation& invocation);

// For a command ("audit explain") that prints nothing but text to standard output: throws Error(usage) when another format was asked for. Call it before
// the configuration adds its reports.
void expect_text_only(const Invocation& invocation, const char* command);

// True when a format that was asked for shows earlier runs.
[[nodiscard]] bool wants_past_runs(const Invocation& invocation);

// To standard output and to files. One that cannot be written keeps back no other; then throws Error(source).
void write_reports(const Invocation& invocation, const Report& report);
// The same in these formats.
void write_reports(const Invocation& invocation, const Report& report, const std::vector<FormatRequest>& formats);

// True when standard output shows colours.
[[nodiscard]] bool use_color(const Invocation& invocation);

// Throws Error(source) when standard output did not take everything.
void flush_output(CommandContext& context);

}  // namespace audit
