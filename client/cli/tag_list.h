// Reads asset tags, one a line: a file, standard input or a barcode reader.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace kirikae::cli {

/// Reads the next line that is not blank into `tag`, without carriage returns and spaces at its
/// end. False at the end of `in`; `tag` is then empty.
bool NextTag(std::istream& in, std::string& tag);

/// Adds every tag of `in` to `tags`, in order.
void ReadTags(std::istream& in, std::vector<std::string>& tags);

}  // namespace kirikae::cli
