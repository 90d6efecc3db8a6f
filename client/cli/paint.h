// Bold and colour by meaning, on terminals only. The words say it too: nothing is told by colour
// alone.
#pragma once

#include <string>

namespace kirikae::cli {

enum class Tone { kPlain, kTitle, kGood, kWarn, kBad };
enum class ColorWhen { kAuto, kAlways, kNever };

/// Chooses for both outputs: `auto` is a terminal that is not dumb, without NO_COLOR. Call it once,
/// before the output goes to a pager.
void ChooseColor(ColorWhen when);

/// The text for standard output, in this tone where colours are on.
std::string Paint(Tone tone, const std::string& text);
/// The same for standard error.
std::string PaintError(Tone tone, const std::string& text);

}  // namespace kirikae::cli
