// What a power cut leaves of a folder's files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/planner/dice.h"

namespace kirikae::testing {

/// The content of a folder: bytes by file name.
using Files = std::map<std::string, std::string>;

/// The files of a folder as they are now, without the index in shared memory, which no power cut
/// leaves behind.
Files ReadFolder(const std::string& folder);
/// Writes files into a folder, which is made if there is none.
void WriteFolder(const Files& files, const std::string& folder);

/// What happens to what was written but not synced.
struct Loss {
  enum class How {
    kAll,   ///< nothing of it is there
    kSome,  ///< each write is there or not, and so are made and deleted names
    kTorn   ///< each sector of 512 bytes of each write is there or not
  };
  How how = How::kAll;
  uint64_t seed = 0;  ///< chooses what is there
};

/// Keeps what was written since the last sync apart from what is durable. A synced file is durable
/// under its name once the folder is synced too. Not thread-safe.
class Unsynced {
 public:
  /// What the folder holds is durable.
  explicit Unsynced(const std::string& folder);

  void Create(const std::string& name);
  void Delete(const std::string& name);
  void Write(const std::string& name, int64_t offset, std::string bytes);
  void Truncate(const std::string& name, int64_t size);
  void Sync(const std::string& name);
  void SyncFolder();
  /// A sync that failed. The system forgets that the writes are not on the disk: later syncs do not
  /// bring them there.
  void ForgetUnsynced(const std::string& name);

  /// A folder as a cut at this moment may leave it.
  Files After(const Loss& loss) const;

 private:
  struct Change {
    bool truncates = false;
    int64_t at = 0;  ///< offset, or the new size
    std::string bytes;
  };
  struct Node {
    std::string durable;
    std::vector<Change> pending;
  };
  struct NameChange {
    std::string name;
    std::shared_ptr<Node> node;  ///< null: deleted
  };
  /// Nodes are shared by the names before and after the folder's last sync.
  using Names = std::map<std::string, std::shared_ptr<Node>>;

  static void Apply(const Change& change, std::string& content);
  static void Put(const NameChange& change, Names& names);
  static std::string ContentAfter(const Node& node, const Loss& loss, planner::TestDice& dice);
  Node& At(const std::string& name);

  Names names_;
  Names durable_names_;
  std::vector<NameChange> name_changes_;
};

}  // namespace kirikae::testing
