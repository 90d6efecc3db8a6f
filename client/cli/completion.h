// Completion of commands, flags, values and live names for shells.
#pragma once

#include <string>
#include <vector>

namespace kirikae::cli {

/// One candidate for the word that is being typed.
struct Candidate {
  std::string text;
  std::string about;  ///< "" = nothing to say
};

/// What the last of the words may become; the others stand before it. Asks the service for names
/// where names belong, at most half a second; never throws for what it can't find out.
std::vector<Candidate> CandidatesFor(const std::vector<std::string>& words);

/// `kirikae __complete WORDS…`: prints a candidate a line, after a tab what it is. Prints no error
/// and returns 0 whatever happens.
int Complete(const std::vector<std::string>& words);

}  // namespace kirikae::cli
