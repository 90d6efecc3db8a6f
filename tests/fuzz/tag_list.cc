// Lists of asset tags: one a line for the command line, several in a cell of a file.
#include "client/cli/tag.h"

#include <string>
#include <vector>

#include "service/tabular/cells.h"
#include "service/text/fold.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace cli = kirikae::cli;
  namespace fuzz = kirikae::fuzz;
  namespace tabular = kirikae::tabular;
  namespace text = kirikae::text;
  const std::string_view input = fuzz::Input(data, size);

  const std::vector<std::string> tags = cli::TagsOfLine(input);
  for (const std::string& tag : tags) {
    fuzz::Require(!tag.empty() && tag.find('\t') == std::string::npos, "a tag is without tabs");
    text::FoldIdentifier(tag);
  }

  for (const std::string& entry : tabular::SplitList(input)) {
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
