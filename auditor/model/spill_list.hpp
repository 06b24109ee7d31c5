#pragma once
// A list of many things that is held as records: eight bytes of memory for each, the rest in a SpillFile.

#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <vector>

#include "auditor/model/packed_record.hpp"
#include "auditor/model/spill_file.hpp"

namespace audit {

// Where the records of one or several lists are. Whoever has the same shelf can hand records on without copying them.
struct Shelf {
  explicit Shelf(std::size_t memory = SpillFile::kMemory) : file(memory) {}
  SpillFile file;
  WordTable words;
};

// `Form` says how a T becomes a record: encode(RecordWriter&, const T&), decode(RecordReader&, T&, bool head) and apply(mark, T&), which sees a few bits that a
// list keeps beside the record. With `head` only what comes first in the record is read.
// Reading gives copies: what is done to them changes nothing in the list. Used by one thread at a time, together with all lists on the same shelf.
template <typename T, typename Form>
class SpillList {
 public:
  using value_type = T;
  using size_type = std::size_t;

  SpillList() = default;
  explicit SpillList(std::shared_ptr<Shelf> shelf) { shelves_.push_back(std::move(shelf)); }
  SpillList(std::initializer_list<T> list) {
    for (const T& item : list) push_back(item);
  }

  [[nodiscard]] std::size_t size() const { return places_.size(); }
  [[nodiscard]] bool empty() const { return places_.empty(); }
  void clear() { places_.clear(); }

  void push_back(const T& item) { places_.push_back(write(item)); }
  // Puts another in its place.
  void put(std::size_t position, const T& item) { places_[position] = write(item); }
  template <typename Change>
  void edit(std::size_t position, const Change& change) {
    T item;
    read(position, item);
    change(item);
    put(position, item);
  }

  void read(std::size_t position, T& into) const { read(places_[position], into, false, reader_); }
  void read_head(std::size_t position, T& into) const { read(places_[position], into, true, reader_); }
  [[nodiscard]] const T operator[](std::size_t position) const {  // const: what is assigned to a copy would be lost
    T item;
    read(position, item);
    return item;
  }
  [[nodiscard]] const T front() const { return (*this)[0]; }
  [[nodiscard]] const T back() const { return (*this)[places_.size() - 1]; }

  // Takes one of another list, or all of it; its record is not copied.
  void take(const SpillList& other, std::size_t position) { places_.push_back(adopt(other, other.places_[position])); }
  void append(const SpillList& other) {
    places_.reserve(places_.empty() ? other.size() : 0);
    for (const Place place : other.places_) places_.push_back(adopt(other, place));
  }
  // Keeps those for whose position `keep` is true.
  template <typename Keep>
  void keep_if(const Keep& keep) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (keep(i)) places_[kept++] = places_[i];
    }
    places_.resize(kept);
  }

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;
    Iterator(const SpillList& list, std::size_t position, bool head) : list_(&list), position_(position), head_(head) {}
    reference operator*() const {
      if (read_ != position_) list_->read(list_->places_[position_], item_, head_, reader_);
      read_ = position_;
      return item_;
    }
    pointer operator->() const { return &**this; }
    Iterator& operator++() {
      ++position_;
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.position_ == b.position_; }

   private:
    const SpillList* list_;
    std::size_t position_;
    bool head_;
    mutable std::size_t read_ = static_cast<std::size_t>(-1);
    mutable T item_{};
    mutable SpillReader reader_;
  };
  using const_iterator = Iterator;
  using iterator = Iterator;
  [[nodiscard]] Iterator begin() const { return {*this, 0, false}; }
  [[nodiscard]] Iterator end() const { return {*this, size(), false}; }

  // The same, with no more of each than what comes first in its record.
  class Heads {
   public:
    explicit Heads(const SpillList& list) : list_(list) {}
    [[nodiscard]] Iterator begin() const { return {list_, 0, true}; }
    [[nodiscard]] Iterator end() const { return {list_, list_.size(), true}; }

   private:
    const SpillList& list_;
  };
  [[nodiscard]] Heads heads() const { return Heads(*this); }

 protected:
  struct Place {
    std::uint64_t offset : 44;
    std::uint64_t shelf : 8;
    std::uint64_t mark : 12;
  };
  [[nodiscard]] std::uint16_t mark(std::size_t position) const { return static_cast<std::uint16_t>(places_[position].mark); }
  void set_mark(std::size_t position, std::uint16_t mark) { places_[position].mark = mark & 0xfffU; }

 private:
  static constexpr std::size_t kShelves = 255;

  Place write(const T& item) {
    if (shelves_.empty()) shelves_.push_back(std::make_shared<Shelf>());
    Shelf& shelf = *shelves_.front();
    scratch_.clear();
    RecordWriter writer(scratch_, shelf.words);
    Form::encode(writer, item);
    return {shelf.file.append(scratch_) & ((std::uint64_t{1} << 44U) - 1), 0, 0};
  }

  void read(Place place, T& into, bool head, SpillReader& reader) const {
    const Shelf& shelf = *shelves_[place.shelf];
    RecordReader record(reader.record(shelf.file, place.offset), shelf.words);
    Form::decode(record, into, head);
    if (place.mark != 0) Form::apply(static_cast<std::uint16_t>(place.mark), into);
  }

  Place adopt(const SpillList& other, Place place) {
    const auto& shelf = other.shelves_[place.shelf];
    for (std::size_t i = 0; i < shelves_.size(); ++i) {
      if (shelves_[i] != shelf) continue;
      place.shelf = i & 0xffU;
      return place;
    }
    if (shelves_.size() < kShelves) {
      shelves_.push_back(shelf);
      place.shelf = (shelves_.size() - 1) & 0xffU;
      return place;
    }
    T item;
    other.read(place, item, false, reader_);
    return write(item);
  }

  std::vector<std::shared_ptr<Shelf>> shelves_;  // what is new goes to the first
  std::vector<Place> places_;
  std::string scratch_;
  mutable SpillReader reader_;
};

}  // namespace audit
