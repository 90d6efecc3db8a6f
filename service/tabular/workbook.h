// The parts of an XLSX package, unpacked within limits.
#pragma once

#include <zip.h>

#include <functional>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/tabular/xml_stream.h"

namespace kirikae::tabular {

/// One open package. Not thread-safe.
class Workbook {
 public:
  struct SheetPart {
    std::string name;
    std::string path;
    bool hidden = false;
  };

  /// Opens `bytes`, which must outlive the workbook. The parts are found as the package says, in
  /// any folder; paths are compared by PartKey. All parts together may unpack to `max_bytes`. A
  /// part above one megabyte may unpack to at most 200 times its packed size.
  static absl::StatusOr<Workbook> Open(std::string_view bytes, size_t max_bytes);

  /// Parses the small part at `path` of the package. NotFound when there is none; InvalidArgument
  /// with the problem when it is too large or not XML.
  absl::Status Load(const std::string& path, pugi::xml_document& document);
  /// The same for a part of any size, without keeping it. An error of the handler without a problem
  /// becomes a problem that names the part.
  absl::Status Stream(const std::string& path, XmlHandler& handler);

  /// Whether the part contains `text`. What is read for this does not count against the limit.
  absl::StatusOr<bool> Contains(const std::string& path, std::string_view text);

  /// The sheets with cells, in the workbook's order.
  const std::vector<SheetPart>& sheets() const { return sheets_; }
  const std::string& shared_strings_path() const { return shared_strings_path_; }
  const std::string& styles_path() const { return styles_path_; }
  /// Whether day numbers count from 1904 instead of 1900.
  bool counts_from_1904() const { return counts_from_1904_; }
  /// Whether the program that wrote it left the formulas to be calculated when it is opened.
  bool uncalculated() const { return uncalculated_; }

 private:
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };

  // A part's relationship, by its id.
  struct Relation {
    std::string kind;
    std::string target;
  };

  void IndexParts();
  absl::StatusOr<std::map<std::string, Relation>> RelationsOf(const std::string& part);
  absl::StatusOr<std::string> FindBook();
  absl::Status ReadStructure();
  absl::Status Unpack(const std::string& path,
                      const std::function<absl::Status(std::string_view)>& take);

  std::unique_ptr<zip_t, Discard> archive_;
  std::map<std::string, zip_uint64_t> parts_;  // by PartKey
  size_t bytes_left_ = 0;
  size_t max_bytes_ = 0;
  std::vector<SheetPart> sheets_;
  std::string shared_strings_path_;
  std::string styles_path_;
  bool counts_from_1904_ = false;
  bool uncalculated_ = false;
};

/// The first child element of `node` called `name`, whatever its prefix.
pugi::xml_node ChildNamed(const pugi::xml_node& node, std::string_view name);

}  // namespace kirikae::tabular
