#pragma once
// What a profile says about files: the "options" of its mappings (docs/profiles.md).

#include <string>
#include <utility>
#include <vector>

#include "adapters/files/held_lock.hpp"
#include "adapters/files/locks.hpp"
#include "adapters/files/name_pattern.hpp"
#include "adapters/files/transcript.hpp"

namespace audit {

using Steps = std::vector<std::string>;

struct NamedKind {
  NamePattern name;
  std::string kind;
  bool lines = false;  // its contents are read
};

// Where documents are. A configuration file of the application may name another place.
struct DocumentLayout {
  std::vector<std::string> documents;  // patterns below the root
  std::vector<std::string> configured_in;
  Steps configured_at;
  std::string configured_hole;  // stands for {scope} in what is configured
  bool json5 = false;
  bool mark = true;     // a byte order mark at the beginning is taken
  bool map = false;     // entries are members of a map: a list is none
  std::string instead;  // where this is there, the application has given the documents up; captures of theirs fill it
  bool present = false; // places where none is are left out
  Steps rows;           // to the map or list of entries
  std::string key;  // cache key: all of the above
};

struct EntryLayout {
  DocumentLayout where;
  Steps session;
  Steps file;
  std::vector<std::string> own;                           // names that a session id gives, the first that exists counts
  std::vector<std::pair<NamePattern, std::string>> keys;  // key → kind; its captures fill `own`
  std::vector<NamePattern> names;                         // file name → {id}
  std::string marker;                                     // first folder below the root in absolute paths of entries
  std::vector<std::pair<Steps, std::string>> refs;        // pointers to further file names, and their role
  LockProtocol lock;                                      // of a document, for whoever writes it
  bool absolute = false;                                  // file names of new entries are absolute
  std::vector<Steps> flags;                               // members that are true or false
  std::vector<Steps> numbers;                             // members that are numbers where they are there
  std::string owned;                                      // folder of an entry's owner: in a document that several share, entries of others are left out
};

struct RegistryLayout {
  DocumentLayout where;
  std::string temp;  // name of a temporary copy; {name} is the document's
  std::vector<NamePattern> transcripts;
};

struct TranscriptLayout {
  std::vector<std::string> files;
  std::string instead;  // as of documents
  std::string beside;   // files without this beside them are left out
  std::vector<NamedKind> names;
  LineForm form;
  std::string sidecar;  // name of a sidecar; {stem} is the transcript's name without its ending
  Steps sidecar_key;    // pointer in its first line to the registry key
  std::string lock;    // ending of a transcript's lock file
  LockForm lock_form;
  std::vector<NamePattern> channels;  // of claimed keys: {channel}
  LockProtocol protocol;  // of a transcript, for whoever writes it; {document} is the transcript
};

struct LockLayout {
  std::vector<std::string> files;
  std::string ending;  // without it the name is what the lock protects
  LockForm form;
};

struct FileLayout {
  std::vector<std::string> files;
  std::string instead;  // as of documents
};

// Each reads the JSON text of a mapping's options. Throws Error(config) that names the key.
[[nodiscard]] EntryLayout entry_layout(const std::string& options);
[[nodiscard]] RegistryLayout registry_layout(const std::string& options);
[[nodiscard]] TranscriptLayout transcript_layout(const std::string& options);
[[nodiscard]] LockLayout lock_layout(const std::string& options);
[[nodiscard]] FileLayout file_layout(const std::string& options);

}  // namespace audit
