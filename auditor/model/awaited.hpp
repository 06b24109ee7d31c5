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

}  // namespace audit
