#include "service/proof/checkpoint.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "service/absl_view.h"
#include "service/status_macros.h"

namespace kirikae::proof {
namespace {

constexpr absl::string_view kDash = "\xE2\x80\x94 ";

bool IsSignature(absl::string_view line) { return line.substr(0, kDash.size()) == kDash; }

}  // namespace

std::string Checkpoint::Text() const {
  const absl::string_view bytes(reinterpret_cast<const char*>(root.data()), root.size());
  return absl::StrCat(origin, "\n", size, "\n", absl::Base64Escape(bytes), "\n");
}

absl::StatusOr<Checkpoint> ReadCheckpoint(std::string_view note,
                                          const std::vector<PublicKey>& known) {
  ASSIGN_OR_RETURN(const Note read, ReadNote(note, known));
  const std::vector<std::string> lines = absl::StrSplit(read.text, '\n');
  Checkpoint checkpoint;
  std::string root;
  // The text ends with a new line, so behind the last line there is an empty one.
  if (lines.size() < 4 || lines[0].empty() || !absl::SimpleAtoi(lines[1], &checkpoint.size) ||
      checkpoint.size < 0 || lines[1] != std::to_string(checkpoint.size) ||
      !absl::Base64Unescape(lines[2], &root) || root.size() != checkpoint.root.size()) {
    return absl::InvalidArgumentError("no origin, size and root");
  }
  checkpoint.origin = lines[0];
  std::copy(root.begin(), root.end(), checkpoint.root.begin());
  checkpoint.signature = read.signature;
  return checkpoint;
}

std::vector<std::string> SplitNotes(std::string_view file) {
  std::vector<std::string> notes;
  std::string note;
  bool signed_already = false;
  for (const absl::string_view line : absl::StrSplit(AbslView(file), '\n')) {
    const bool signature = IsSignature(line);
    // Behind the signatures, the next note begins with its text.
    if (signed_already && !signature) {
      if (line.empty()) continue;
      notes.push_back(std::move(note));
      note.clear();
      signed_already = false;
    }
    signed_already = signed_already || signature;
    absl::StrAppend(&note, line, "\n");
  }
  if (!note.empty()) notes.push_back(std::move(note));
  return notes;
}

}  // namespace kirikae::proof
