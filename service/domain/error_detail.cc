#include "service/domain/error_detail.h"

#include <cstddef>
#include <string_view>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace kirikae::domain {
namespace {

constexpr char kTypeUrl[] = "kirikae.ErrorDetail";

// As many names as a list in the metadata has, and what stands behind the last where there are
// more.
constexpr size_t kMostNames = 50;
constexpr std::string_view kMore = ",…";

// The form inside the status: every string as "length:bytes", every list after its count.
class Packer {
 public:
  void Text(std::string_view text) {
    packed_ += std::to_string(text.size());
    packed_ += ':';
    packed_ += text;
  }
  void Count(size_t count) { Text(std::to_string(count)); }
  void Say(const Sentence& sentence) {
    Text(sentence.format);
    Count(sentence.args.size());
    for (const std::string& arg : sentence.args) Text(arg);
  }
  const std::string& packed() const { return packed_; }

 private:
  std::string packed_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string packed) : packed_(std::move(packed)) {}
  std::string Text() {
    const size_t colon = packed_.find(':', at_);
    size_t length = 0;
    if (colon == std::string::npos ||
        !absl::SimpleAtoi(absl::string_view(packed_).substr(at_, colon - at_), &length)) {
      return "";
    }
    at_ = colon + 1 + length;
    return packed_.substr(colon + 1, length);
  }
  size_t Count() {
    size_t count = 0;
    return absl::SimpleAtoi(Text(), &count) ? count : 0;
  }
  Sentence Say() {
    Sentence sentence(Text());
    sentence.args.resize(Count());
    for (std::string& arg : sentence.args) arg = Text();
    return sentence;
  }

 private:
  std::string packed_;
  size_t at_ = 0;
};

}  // namespace

absl::Status MakeError(absl::StatusCode code, ErrorDetail detail) {
  for (auto& [key, value] : detail.metadata) value = Shortened(std::move(value));
  for (Violation& violation : detail.violations) {
    violation.field = Shortened(std::move(violation.field));
  }
  detail.resource = Shortened(std::move(detail.resource));
  Packer pack;
  pack.Text(detail.reason);
  pack.Say(detail.sentence);
  pack.Count(detail.metadata.size());
  for (const auto& [key, value] : detail.metadata) {
    pack.Text(key);
    pack.Text(value);
  }
  pack.Count(detail.violations.size());
  for (const Violation& violation : detail.violations) {
    pack.Text(violation.field);
    pack.Say(violation.sentence);
  }
  pack.Text(detail.resource);
  absl::Status status(code, detail.sentence.English());
  status.SetPayload(kTypeUrl, absl::Cord(pack.packed()));
  return status;
}

absl::Status MakeError(absl::StatusCode code, std::string_view reason, Sentence sentence,
                       Metadata metadata) {
  return MakeError(code, ErrorDetail{.reason = std::string(reason),
                                     .sentence = std::move(sentence),
                                     .metadata = std::move(metadata),
                                     .violations = {},
                                     .resource = {}});
}

absl::Status MakeMissing(std::string_view reason, Sentence sentence, std::string resource,
                         Metadata metadata) {
  return MakeError(absl::StatusCode::kNotFound, ErrorDetail{.reason = std::string(reason),
                                                            .sentence = std::move(sentence),
                                                            .metadata = std::move(metadata),
                                                            .violations = {},
                                                            .resource = std::move(resource)});
}

std::string Names(const std::vector<std::string>& names) {
  std::string text;
  for (size_t i = 0; i < names.size(); ++i) {
    const size_t needed = text.size() + names[i].size() + 1 + kMore.size();
    if (i > 0 && (i == kMostNames || needed > kMostQuotedBytes)) return text.append(kMore);
    if (i > 0) text += ',';
    text += names[i];
  }
  return text;
}

std::optional<ErrorDetail> DetailOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kTypeUrl);
  if (!payload.has_value()) return std::nullopt;
  Unpacker unpack{std::string(*payload)};
  ErrorDetail detail;
  detail.reason = unpack.Text();
  detail.sentence = unpack.Say();
  for (size_t left = unpack.Count(); left > 0; --left) {
    std::string key = unpack.Text();
    detail.metadata[key] = unpack.Text();
  }
  detail.violations.resize(unpack.Count());
  for (Violation& violation : detail.violations) {
    violation.field = unpack.Text();
    violation.sentence = unpack.Say();
  }
  detail.resource = unpack.Text();
  return detail;
}

}  // namespace kirikae::domain
