// What a sample of successes and failures says about a success rate.
#pragma once

#include <cstdint>

namespace kirikae::domain {

/// The one-sided lower bound of a success rate at a confidence of 0.5 to below 1: the score bound
/// of E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal
/// of the American Statistical Association 22 (1927). 0 where nothing was attempted.
double LowerBound(int64_t succeeded, int64_t attempted, double confidence);

/// The confidence with which figures are shown.
inline constexpr double kShownConfidence = 0.95;

/// A sequential probability ratio test of a success rate: A. Wald, "Sequential Tests of Statistical
/// Hypotheses", Annals of Mathematical Statistics 16 (1945), with the same probability for either
/// wrong decision.
struct SequentialTest {
  double good = 0;   ///< a success rate that is good, below 1
  double bad = 0;    ///< a success rate that is bad, above 0 and below good
  double error = 0;  ///< probability of a wrong decision, above 0 and below 0.5

  bool operator==(const SequentialTest&) const = default;
};

/// Whether the test has decided by now that the rate is a bad one. A good rate is ever called bad
/// with a probability of at most error ÷ (1 - error), however often the test looks.
bool CallsBad(const SequentialTest& test, int64_t succeeded, int64_t failed);

}  // namespace kirikae::domain
