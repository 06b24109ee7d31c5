#pragma once
// What a source may say about itself beside Source (auditor/model/store.hpp).

namespace audit {

// A source of which prepare() starts something that open() then waits for: until the answer is there, others may be read.
class Awaited {
 public:
  virtual ~Awaited() = default;
  // True between prepare() and open().
  [[nodiscard]] virtual bool is_awaited() = 0;
};

// A source that is perhaps only a record of a store: it can be read, and nothing writes into it.
class Recorded {
 public:
  virtual ~Recorded() = default;
  [[nodiscard]] virtual bool is_record() const = 0;
};

}  // namespace audit
