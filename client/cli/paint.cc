#include "client/cli/paint.h"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace kirikae::cli {
namespace {

bool colors_of_output = false;
bool colors_of_errors = false;

bool IsSet(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

bool CanShow(int file) {
  const char* const terminal = std::getenv("TERM");
  return isatty(file) != 0 && !IsSet("NO_COLOR") && terminal != nullptr &&
         std::string_view(terminal) != "dumb" && *terminal != '\0';
}

std::string In(Tone tone, const std::string& text) {
  const auto between = [&text](const char* begin) { return std::string(begin) + text + "\x1b[0m"; };
  switch (tone) {
    case Tone::kTitle:
      return between("\x1b[1m");
    case Tone::kGood:
      return between("\x1b[32m");
    case Tone::kWarn:
      return between("\x1b[33m");
    case Tone::kBad:
      return between("\x1b[1;31m");
    case Tone::kPlain:
      break;
  }
  return text;
}

}  // namespace

void ChooseColor(ColorWhen when) {
  colors_of_output =
      when == ColorWhen::kAlways || (when == ColorWhen::kAuto && CanShow(STDOUT_FILENO));
  colors_of_errors =
      when == ColorWhen::kAlways || (when == ColorWhen::kAuto && CanShow(STDERR_FILENO));
}

std::string Paint(Tone tone, const std::string& text) {
  return colors_of_output && !text.empty() ? In(tone, text) : text;
}

std::string PaintError(Tone tone, const std::string& text) {
  return colors_of_errors && !text.empty() ? In(tone, text) : text;
}

}  // namespace kirikae::cli
