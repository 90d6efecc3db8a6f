// Dates and instants as people and callers write them.
#include <string>

#include "absl/time/civil_time.h"
#include "service/domain/fields/value_text.h"
#include "service/domain/instant.h"
#include "service/text/era.h"
#include "tests/fuzz/fuzz_target.h"

namespace kirikae::fuzz {
namespace {

void ReadAsDay(std::string_view text) {
  text::Note fault;
  const auto parsed = text::ParseDay(text, &fault);
  if (!parsed.ok()) {
    Require(fault.code == "NOT_A_DATE" || fault.code == "NO_SUCH_DAY", "a fault has its code");
    return;
  }
  const std::string iso = text::IsoDate(parsed->day);
  const auto again = text::ParseDay(iso);
  Require(again.ok() && again->day == parsed->day && again->notes.empty(),
          "a day that was read is read from its ISO form");
  // Records and their history keep days in this form.
  absl::CivilDay kept;
  Require(domain::DayText(parsed->day) == iso, "a day has one text");
  Require(domain::ReadDay(iso, kept) && kept == parsed->day, "a day that was read can be kept");
}

void ReadAsInstant(std::string_view text) {
  const auto given = domain::ReadRfc3339(text);
  if (!given.has_value()) return;
  constexpr int kLastYear = 9999;
  Require(*given >= domain::EarliestInstant(), "an instant is not before the earliest");
  Require(*given <= absl::FromCivil(absl::CivilSecond(kLastYear + 1, 1, 2), absl::UTCTimeZone()),
          "an instant's year has four digits");
  const std::string kept = domain::InstantText(*given);
  absl::Time again;
  Require(domain::ReadInstant(kept, again) && domain::InstantText(again) == kept,
          "an instant that was read can be kept");
}

}  // namespace
}  // namespace kirikae::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = kirikae::fuzz::Input(data, size);
  kirikae::fuzz::ReadAsDay(text);
  kirikae::fuzz::ReadAsInstant(text);
  return 0;
}
