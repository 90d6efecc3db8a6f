// Lists of asset tags: one a line for the command line, several in a cell of a file.
#include "client/cli/failure.h"
#include "client/cli/tag.h"

#include <sstream>
#include <string>
#include <vector>

#include "service/tabular/cells.h"
#include "service/text/fold.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

// The tags of a list; none for a list in another encoding, which is refused.
std::vector<std::string> TagsOf(const std::string& text) {
  std::istringstream lines(text);
  try {
    return kirikae::cli::ReadTags(lines);
  } catch (const kirikae::cli::Failure&) {
    return {};
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace kirikae;
  const std::string_view text = fuzz::Input(data, size);

  const std::vector<std::string> tags = TagsOf(std::string(text));
  std::string joined;
  for (const std::string& tag : tags) {
    fuzz::Require(!tag.empty() && tag.find('\n') == std::string::npos, "a tag is of one line");
    joined += tag + "\r\n";
    text::FoldIdentifier(tag);
  }
  fuzz::Require(TagsOf(joined).size() <= tags.size(), "no tag is made of none");

  for (const std::string& entry : tabular::SplitList(text)) {
    fuzz::Require(!entry.empty() && tabular::Trimmed(entry) == entry, "an entry is trimmed");
    fuzz::Require(tabular::SplitList(entry) == std::vector<std::string>{entry},
                  "an entry is a list of itself");
    const std::string folded = text::FoldIdentifier(entry);
    tabular::IsScientificNotation(folded);
    tabular::IsDecimalNumber(folded);
    tabular::IsDateForIdentifier(folded);
  }
  return 0;
}
