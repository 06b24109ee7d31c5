#include "adapters/files/document.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "adapters/files/json5.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/warm_memory.hpp"

namespace audit {
namespace {

constexpr int kReads = 5;
// A file that was written this recently and does not parse may be on its way: it is looked at again.
constexpr std::int64_t kFreshMs = 3000;
constexpr std::chrono::milliseconds kPause{25};

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

bool same(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_size == b.st_size &&
         a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

// False when it changed while it was read. Sets status for what cannot be read.
bool read_once(const std::string& path, std::string& text, Document& document) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat before {};
  if (file.get() < 0 || ::fstat(file.get(), &before) != 0) {
    const int error = errno;
    document.status = error == ENOENT || error == ENOTDIR ? "absent" : "unreadable";
    document.defect = std::strerror(error);
    return true;
  }
  if (!S_ISREG(before.st_mode)) {
    document.status = "unreadable";
    document.defect = "is not a file";
    return true;
  }
  document.modified_at = static_cast<std::int64_t>(before.st_mtim.tv_sec) * 1000 +
                         static_cast<std::int64_t>(before.st_mtim.tv_nsec) / 1'000'000;
  text.clear();
  text.reserve(static_cast<std::size_t>(before.st_size) + simdjson::SIMDJSON_PADDING);
  expect_writes(text.data(), text.capacity());
  text.resize(static_cast<std::size_t>(before.st_size));
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t got = ::read(file.get(), text.data() + done, text.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      document.status = "unreadable";
      document.defect = std::strerror(errno);
      return true;
    }
    if (got == 0) return false;  // shorter than it was
    done += static_cast<std::size_t>(got);
  }
  struct stat after {};
  struct stat named {};
  return ::fstat(file.get(), &after) == 0 && ::stat(path.c_str(), &named) == 0 && same(before, after) &&
         same(before, named);
}

// A parser with its memory for a text of this size.
std::shared_ptr<simdjson::dom::parser> parser_for(std::size_t size) {
  auto parser = std::make_shared<simdjson::dom::parser>();
  if (parser->allocate(size) != simdjson::SUCCESS || parser->doc.allocate(size) != simdjson::SUCCESS) return parser;  // it will say so itself
  expect_writes(parser->doc.tape.get(), size * sizeof(std::uint64_t));
  expect_writes(parser->doc.string_buf.get(), size);
  expect_writes(parser->implementation->structural_indexes.get(), size * sizeof(std::uint32_t));
  return parser;
}

bool parse(const std::string& text, bool json5, Document& document) {
  document.parser = parser_for(text.size());
  if (document.parser->parse(text).get(document.root) == simdjson::SUCCESS) return true;
  const std::string plain = json5 ? plain_json(text) : std::string();
  if (json5 && document.parser->parse(plain).get(document.root) == simdjson::SUCCESS) {
    document.format = "json5";
    return true;
  }
  return document.parser->parse(harmless_json(json5 ? plain : text)).get(document.root) == simdjson::SUCCESS;
}

void judge(std::string& text, bool json5, Document& document) {
  document.marked = text.starts_with("\xEF\xBB\xBF");
  if (document.marked) text.erase(0, 3);
  const bool blank = text.find_first_not_of(" \t\r\n") == std::string::npos;
  if (blank || text.find_first_not_of('\0') == std::string::npos) {
    document.status = "empty";
    document.defect =
        text.empty() ? "is empty (0 bytes)" : "holds nothing but " + std::string(blank ? "blanks" : "NUL bytes");
  } else if (parse(text, json5, document)) {
    document.status = "ok";
  } else {
    document.status = "unparseable";
    document.defect = json_mistake(json5 ? plain_json(text) : text);
    document.parser.reset();
  }
}

}  // namespace

void refuse_mark(Document& document) {
  if (!document.ok() || !document.marked) return;
  document.status = "unparseable";
  document.defect = "begins with a byte order mark, which the application does not take";
  document.parser.reset();
}

void load_document(const Tree& tree, bool json5, Document& document) {
  const std::string path = tree.absolute(document.path);
  std::string text;
  for (int attempt = 1; attempt <= kReads; ++attempt) {
    document.status.clear();
    document.defect.clear();
    if (!read_once(path, text, document)) {
      document.status = "unreadable";
      document.defect = "kept changing while it was read";
      continue;
    }
    if (document.status.empty()) judge(text, json5, document);
    const bool fresh = current_time() - document.modified_at < kFreshMs;
    if (document.ok() || document.status == "absent" || !fresh) return;
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace audit
