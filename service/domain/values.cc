#include "service/domain/values.h"

#include "service/domain/terms.h"

namespace kirikae::domain {

template <typename Enum>
std::string_view Name(Enum value) {
  const Term* const term = FindTerm(value);
  return term == nullptr ? std::string_view() : term->name;
}

template <typename Enum>
std::optional<Enum> FromName(std::string_view name) {
  const std::span<const Term> terms = TermsOf<Enum>().terms;
  for (size_t i = 0; i < terms.size(); ++i) {
    if (terms[i].name == name) return static_cast<Enum>(i + 1);
  }
  return std::nullopt;
}

#define KIRIKAE_INSTANTIATE(Enum)             \
  template std::string_view Name<Enum>(Enum); \
  template std::optional<Enum> FromName<Enum>(std::string_view)
KIRIKAE_INSTANTIATE(AuthMethod);
KIRIKAE_INSTANTIATE(DeviceKind);
KIRIKAE_INSTANTIATE(Network);
KIRIKAE_INSTANTIATE(Camera);
KIRIKAE_INSTANTIATE(DeviceState);
KIRIKAE_INSTANTIATE(StaffRole);
KIRIKAE_INSTANTIATE(EnrolmentState);
KIRIKAE_INSTANTIATE(PlacementState);
KIRIKAE_INSTANTIATE(FailureCause);
KIRIKAE_INSTANTIATE(RolloutState);
KIRIKAE_INSTANTIATE(PlanState);
KIRIKAE_INSTANTIATE(ProposalState);
KIRIKAE_INSTANTIATE(WaveState);
KIRIKAE_INSTANTIATE(PhaseState);
KIRIKAE_INSTANTIATE(HoldRule);
KIRIKAE_INSTANTIATE(OfficeDay);
KIRIKAE_INSTANTIATE(Outcome);
KIRIKAE_INSTANTIATE(Role);
KIRIKAE_INSTANTIATE(ImportKind);
#undef KIRIKAE_INSTANTIATE

}  // namespace kirikae::domain
