// The parts of an XLSX package, unpacked within limits.
#pragma once

#include <zip.h>

#include <functional>
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
  };

  /// Opens `bytes`, which must outlive the workbook. All parts together may unpack to `max_bytes`.
  /// A part above one megabyte may unpack to at most 200 times its packed size.
  static absl::StatusOr<Workbook> Open(std::string_view bytes, size_t max_bytes);

  /// Parses the small part at `path` of the package. NotFound when there is none; InvalidArgument
  /// with the problem when it is too large or not XML.
  absl::Status Load(const std::string& path, pugi::xml_document& document);
  /// The same for a part of any size, without keeping it. An error of the handler without a problem
  /// becomes a problem that names the part.
  absl::Status Stream(const std::string& path, XmlHandler& handler);

  const std::vector<SheetPart>& sheets() const { return sheets_; }
  const std::string& shared_strings_path() const { return shared_strings_path_; }
  const std::string& styles_path() const { return styles_path_; }
  /// Whether day numbers count from 1904 instead of 1900.
  bool counts_from_1904() const { return counts_from_1904_; }

 private:
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };

  absl::Status ReadStructure();
  absl::Status Unpack(const std::string& path,
                      const std::function<absl::Status(std::string_view)>& take);

  std::unique_ptr<zip_t, Discard> archive_;
  size_t bytes_left_ = 0;
  size_t max_bytes_ = 0;
  std::vector<SheetPart> sheets_;
  std::string shared_strings_path_;
  std::string styles_path_;
  bool counts_from_1904_ = false;
};

/// The first child element of `node` called `name`, whatever its prefix.
pugi::xml_node ChildNamed(const pugi::xml_node& node, std::string_view name);

}  // namespace kirikae::tabular
