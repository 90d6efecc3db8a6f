// Lists of asset tags: one a line for the command line, several in a cell of a file.
#include "client/cli/tag_list.h"

#include <sstream>
#include <string>
#include <vector>

#include "service/tabular/cells.h"
#include "service/text/fold.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace kirikae;
  const std::string_view text = fuzz::Input(data, size);

  std::istringstream lines{std::string(text)};
  std::vector<std::string> tags;
  cli::ReadTags(lines, tags);
  std::string joined;
  for (const std::string& tag : tags) {
    fuzz::Require(!tag.empty() && tag.back() != ' ' && tag.back() != '\r' &&
                      tag.find('\n') == std::string::npos,
                  "a tag is a line without its end");
    joined += tag + "\r\n";
    text::FoldIdentifier(tag);
  }
  std::istringstream again_lines(joined);
  std::vector<std::string> again;
  cli::ReadTags(again_lines, again);
  fuzz::Require(again == tags, "tags are read back as they were written");

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
