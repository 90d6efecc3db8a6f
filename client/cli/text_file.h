// Reads the texts that people give: files, pasted lists, arguments.
#pragma once

#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace kirikae::cli {

/// `bytes` as UTF-8, whatever Japanese encoding they are in (see text::Decode). Throws NOT_TEXT,
/// with `file` and the first line that can't be read. `file` is a path, or a word for standard
/// input.
std::string DecodedText(std::string_view bytes, const std::string& file);

/// The content of a file in UTF-8. Throws Failure when it can't be read, and as DecodedText does.
std::string ReadTextFile(const std::string& path);

/// The lines of the file, or of standard input for `-`, without white space at their ends and
/// without empty ones. Throws as ReadTextFile does.
std::vector<std::string> ReadLines(const std::string& path);

/// A line of an input that is answered line by line, in UTF-8 and without white space at its end.
/// Throws as DecodedText does.
std::string DecodedLine(std::string_view line);

/// The program's arguments in UTF-8. Throws NOT_TEXT with an argument that can't be read.
std::vector<std::string> DecodedArguments(int argc, char** argv);

}  // namespace kirikae::cli
