#include "service/tabular/workbook.h"

#include <algorithm>
#include <utility>

#include "service/status_macros.h"
#include "service/tabular/package_path.h"
#include "service/tabular/problem.h"
#include "service/text/utf8.h"

namespace kirikae::tabular {
namespace {

// The name of an element or attribute without its namespace prefix.
std::string_view LocalName(const char* name) {
  const std::string_view whole = name;
  const size_t colon = whole.find(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

constexpr size_t kMaxRatio = 200;
constexpr size_t kRatioMattersFrom = 1u << 20;
constexpr size_t kMostLoaded = size_t{8} << 20U;  // a tree of it takes many times that

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

// Ends a walk over a document where a text is not UTF-8. The parser takes the bytes of a document
// as they are, and a reference (&#xD800;) for what it says.
class IllFormedTexts : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& node) override {
    const auto attributes = node.attributes();
    return IsText(node.name()) && IsText(node.value()) &&
           std::all_of(attributes.begin(), attributes.end(), [](const pugi::xml_attribute& one) {
             return IsText(one.name()) && IsText(one.value());
           });
  }

 private:
  static bool IsText(std::string_view text) {
    return text::FindIllFormedUtf8(text) == std::string_view::npos;
  }
};

std::string_view RelationshipKind(std::string_view type) {
  const size_t slash = type.rfind('/');
  return slash == std::string_view::npos ? type : type.substr(slash + 1);
}

}  // namespace

pugi::xml_node ChildNamed(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& child : node.children()) {
    if (LocalName(child.name()) == name) return child;
  }
  return {};
}

absl::StatusOr<Workbook> Workbook::Open(std::string_view bytes, size_t max_bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return ToStatus(NotAWorkbook(zip_error_strerror(&error)));
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive == nullptr) {
    const absl::Status status = ToStatus(NotAWorkbook(zip_error_strerror(&error)));
    zip_source_free(source);
    zip_error_fini(&error);
    return status;
  }
  zip_error_fini(&error);
  Workbook workbook;
  workbook.archive_.reset(archive);
  workbook.bytes_left_ = max_bytes;
  workbook.max_bytes_ = max_bytes;
  workbook.IndexParts();
  RETURN_IF_ERROR(workbook.ReadStructure());
  return workbook;
}

absl::Status Workbook::Unpack(const std::string& path,
                              const std::function<absl::Status(std::string_view)>& take) {
  const auto part = parts_.find(PartKey(path));
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (part == parts_.end() || zip_stat_index(archive_.get(), part->second, 0, &stat) != 0) {
    return absl::NotFoundError(path);
  }
  const std::unique_ptr<zip_file_t, CloseFile> file(
      zip_fopen_index(archive_.get(), part->second, 0));
  if (file == nullptr) return ToStatus(NotAWorkbook(zip_strerror(archive_.get())));
  // The directory's sizes come from the sender, so the bytes are counted as they come.
  size_t size = 0;
  char block[64 * 1024];
  while (true) {
    const zip_int64_t got = zip_fread(file.get(), block, sizeof(block));
    if (got < 0) return ToStatus(NotAWorkbook(zip_file_strerror(file.get())));
    if (got == 0) break;
    const auto length = static_cast<size_t>(got);
    size += length;
    if (length > bytes_left_) return ToStatus(WorkbookTooLarge(path, max_bytes_));
    bytes_left_ -= length;
    if (size > kRatioMattersFrom && size / kMaxRatio > stat.comp_size) {
      return ToStatus(WorkbookExpandsTooMuch(path, kMaxRatio));
    }
    RETURN_IF_ERROR(take({block, length}));
  }
  return absl::OkStatus();
}

absl::Status Workbook::Load(const std::string& path, pugi::xml_document& document) {
  std::string xml;
  RETURN_IF_ERROR(Unpack(path, [&](std::string_view block) -> absl::Status {
    if (xml.size() + block.size() > kMostLoaded) {
      return ToStatus(WorkbookTooLarge(path, kMostLoaded));
    }
    xml += block;
    return absl::OkStatus();
  }));
  const pugi::xml_parse_result parsed =
      document.load_buffer(xml.data(), xml.size(),
                           pugi::parse_default | pugi::parse_ws_pcdata_single, pugi::encoding_auto);
  if (!parsed) return ToStatus(NotAWorkbook(path + ": " + parsed.description()));
  IllFormedTexts ill_formed;
  if (!document.traverse(ill_formed)) return ToStatus(NotAWorkbook(path + ": it is not UTF-8"));
  return absl::OkStatus();
}

absl::Status Workbook::Stream(const std::string& path, XmlHandler& handler) {
  XmlStream stream(handler);
  absl::Status read = Unpack(path, [&](std::string_view block) { return stream.Feed(block); });
  if (read.ok()) read = stream.Finish();
  if (read.ok() || absl::IsNotFound(read) || ProblemOf(read).has_value()) return read;
  return ToStatus(NotAWorkbook(path + ": " + std::string(read.message())));
}

absl::StatusOr<bool> Workbook::Contains(const std::string& path, std::string_view text) {
  const size_t left = bytes_left_;
  std::string seen;
  bool found = false;
  const absl::Status read = Unpack(path, [&](std::string_view block) {
    seen += block;
    found = found || seen.find(text) != std::string::npos;
    if (seen.size() > text.size()) seen.erase(0, seen.size() - text.size());
    return absl::OkStatus();
  });
  bytes_left_ = left;
  RETURN_IF_ERROR(read);
  return found;
}

void Workbook::IndexParts() {
  const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    const char* const name = zip_get_name(archive_.get(), static_cast<zip_uint64_t>(i), 0);
    if (name != nullptr) parts_.emplace(PartKey(name), static_cast<zip_uint64_t>(i));
  }
}

absl::StatusOr<std::map<std::string, Workbook::Relation>> Workbook::RelationsOf(
    const std::string& part) {
  pugi::xml_document document;
  RETURN_IF_ERROR(Load(RelationshipsKey(part), document));
  std::map<std::string, Relation> relations;
  for (const pugi::xml_node& relation : document.document_element().children()) {
    relations[relation.attribute("Id").value()] = {
        std::string(RelationshipKind(relation.attribute("Type").value())),
        TargetKey(part, relation.attribute("Target").value())};
  }
  return relations;
}

// The package says where the workbook is; a package that does not has it where all programs put it.
absl::StatusOr<std::string> Workbook::FindBook() {
  std::string book = "xl/workbook.xml";
  const auto relations = RelationsOf("");
  if (!relations.ok() && !absl::IsNotFound(relations.status())) return relations.status();
  if (relations.ok()) {
    for (const auto& [id, relation] : *relations) {
      if (relation.kind == "officeDocument") book = relation.target;
    }
  }
  if (parts_.contains("mimetype") || parts_.contains("meta-inf/manifest.xml")) {
    return ToStatus(OpenDocument());
  }
  if (book.ends_with(".bin") || parts_.contains("xl/workbook.bin")) {
    return ToStatus(BinaryWorkbook());
  }
  if (parts_.contains(PartKey(book))) return book;
  if (parts_.contains("word/document.xml")) return ToStatus(NotATable("Microsoft Word"));
  if (parts_.contains("ppt/presentation.xml")) return ToStatus(NotATable("Microsoft PowerPoint"));
  if (parts_.contains("index/document.iwa")) return ToStatus(NotATable("Apple Numbers"));
  if (!parts_.contains("[content_types].xml") && !relations.ok()) return ToStatus(NotATable("ZIP"));
  return ToStatus(NotAWorkbook("it has no part " + book));
}

absl::Status Workbook::ReadStructure() {
  ASSIGN_OR_RETURN(const std::string path, FindBook());
  pugi::xml_document book;
  RETURN_IF_ERROR(Load(path, book));
  const auto relations = RelationsOf(PartKey(path));
  if (absl::IsNotFound(relations.status())) {
    return ToStatus(NotAWorkbook("it has no part " + RelationshipsKey(PartKey(path))));
  }
  RETURN_IF_ERROR(relations.status());
  for (const auto& [id, relation] : *relations) {
    if (relation.kind == "sharedStrings") shared_strings_path_ = relation.target;
    if (relation.kind == "styles") styles_path_ = relation.target;
  }
  const pugi::xml_node root = book.document_element();
  counts_from_1904_ = ChildNamed(root, "workbookPr").attribute("date1904").as_bool();
  uncalculated_ = ChildNamed(root, "calcPr").attribute("fullCalcOnLoad").as_bool();
  for (const pugi::xml_node& sheet : ChildNamed(root, "sheets").children()) {
    const std::string_view state = sheet.attribute("state").value();
    for (const pugi::xml_attribute& attribute : sheet.attributes()) {
      const std::string_view name = attribute.name();
      if (LocalName(attribute.name()) != "id" || name.find(':') == std::string_view::npos) continue;
      const auto target = relations->find(attribute.value());
      if (target != relations->end() && target->second.kind == "worksheet") {
        sheets_.push_back({sheet.attribute("name").value(), target->second.target,
                           state == "hidden" || state == "veryHidden"});
      }
    }
  }
  if (sheets_.empty()) return ToStatus(NotAWorkbook("it has no sheet"));
  return absl::OkStatus();
}

}  // namespace kirikae::tabular
