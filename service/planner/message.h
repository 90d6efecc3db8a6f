// Sentences for people, as data.
#pragma once

#include <string>
#include <vector>

namespace kirikae::planner {

/// A sentence for people: a constant English format with $0, $1, ... and its arguments, so that
/// the format can be looked up in a catalogue.
struct Message {
  std::string format;
  std::vector<std::string> args;

  friend bool operator==(const Message&, const Message&) = default;
};

/// The sentence in English.
std::string ToText(const Message& message);

}  // namespace kirikae::planner
