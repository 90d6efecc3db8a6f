// What a reader of text found.
#pragma once

#include <string>

#include "service/text/sentence.h"

namespace kirikae::text {

/// What a reader of text found. `code` is stable and upper-snake.
struct Note {
  std::string code;
  Sentence sentence;

  bool operator==(const Note&) const = default;
};

}  // namespace kirikae::text
