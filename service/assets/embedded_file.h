// A file that is part of the program.
#pragma once

#include <string_view>

namespace kirikae::assets {

struct EmbeddedFile {
  std::string_view name;  ///< without folders: `app.js`
  std::string_view content;
};

}  // namespace kirikae::assets
