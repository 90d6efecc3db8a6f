#include "service/app/imports/profiles.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "service/app/imports/import_kind.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr std::string_view kBuiltIn[] = {"ward", "generic"};

bool IsBuiltIn(std::string_view name) {
  return std::find(std::begin(kBuiltIn), std::end(kBuiltIn), name) != std::end(kBuiltIn);
}

ListedProfile BuiltIn(std::string_view name, const ImportKind& kind) {
  const auto profile = tabular::BuiltInProfile(name, kind.table);
  ListedProfile listed;
  listed.profile.name = std::string(name);
  listed.profile.kind = kind.kind;
  if (profile.ok()) listed.profile.source = tabular::ProfileYaml(*profile);
  listed.built_in = true;
  return listed;
}

absl::StatusOr<domain::ImportProfile> RequireOwn(store::ReadView& view, const std::string& name) {
  ASSIGN_OR_RETURN(std::optional<domain::ImportProfile> found, view.FindImportProfile(name));
  if (!found.has_value()) return domain::ImportProfileNotFound(name);
  return *std::move(found);
}

absl::Status CheckName(const std::string& name) {
  const bool good =
      !name.empty() && name.size() <= kProfileNameLimit &&
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos &&
      !IsBuiltIn(name);
  if (good) return absl::OkStatus();
  return domain::InvalidField(
      "source", Sentence("The profile's name $0 can't be used: it has 1 to 63 small letters, "
                         "digits and -, and is not ward or generic.",
                         {name}));
}

// The profile of that name, built in or the ward's own, if it is for this kind of import.
absl::StatusOr<tabular::Profile> NamedProfile(const std::string& name, const ImportKind& kind,
                                              store::ReadView& view) {
  absl::StatusOr<tabular::Profile> built_in = tabular::BuiltInProfile(name, kind.table);
  if (built_in.ok()) return built_in;
  ASSIGN_OR_RETURN(const std::optional<domain::ImportProfile> own, view.FindImportProfile(name));
  if (!own.has_value()) {
    return domain::InvalidField(
        "header.profile",
        Sentence("There is no profile $0. List them with: kirikae import profile list", {name}));
  }
  ASSIGN_OR_RETURN(tabular::Profile profile, tabular::ParseProfile(own->source));
  if (profile.kind == kind.table) return profile;
  return domain::InvalidField("header.profile",
                              Sentence("The profile $0 is for another kind of file.", {name}));
}

}  // namespace

absl::StatusOr<std::vector<ListedProfile>> ListProfiles(store::ReadView& view,
                                                        std::optional<domain::ImportKind> kind) {
  std::vector<ListedProfile> listed;
  for (const ImportKind& each : ImportKinds()) {
    if (kind.has_value() && *kind != each.kind) continue;
    for (const std::string_view name : kBuiltIn) listed.push_back(BuiltIn(name, each));
  }
  ASSIGN_OR_RETURN(std::vector<domain::ImportProfile> own, view.ListImportProfiles());
  for (domain::ImportProfile& profile : own) {
    if (!kind.has_value() || *kind == profile.kind) listed.push_back({std::move(profile), false});
  }
  return listed;
}

absl::StatusOr<ListedProfile> FindProfile(store::ReadView& view, const std::string& name) {
  if (IsBuiltIn(name)) return BuiltIn(name, ImportKindOf(tabular::TableKind::kDevices));
  ASSIGN_OR_RETURN(domain::ImportProfile own, RequireOwn(view, name));
  return ListedProfile{std::move(own), false};
}

absl::StatusOr<domain::ImportProfile> ReadProfile(const std::string& source) {
  if (source.size() > kProfileSourceLimit) {
    return domain::InvalidField("source", Sentence("A profile may hold at most 64 KiB."));
  }
  std::vector<tabular::ProfileFault> faults;
  const absl::StatusOr<tabular::Profile> parsed = tabular::ParseProfile(source, &faults);
  if (!parsed.ok()) {
    std::vector<domain::Violation> violations;
    for (const tabular::ProfileFault& fault : faults) {
      const std::string line = fault.line == 0 ? "" : ":" + std::to_string(fault.line);
      violations.push_back({"source" + line, fault.sentence});
    }
    return domain::InvalidRequest(std::move(violations));
  }
  RETURN_IF_ERROR(CheckName(parsed->name));
  domain::ImportProfile profile;
  profile.name = parsed->name;
  profile.kind = ImportKindOf(parsed->kind).kind;
  profile.source = source;
  return profile;
}

absl::StatusOr<SavedProfile> SaveProfile(const WriteContext& context, store::ReadView& view,
                                         const std::string& source, const std::string& etag) {
  ASSIGN_OR_RETURN(domain::ImportProfile profile, ReadProfile(source));
  ASSIGN_OR_RETURN(const auto old, view.FindImportProfile(profile.name));
  profile.version = old.has_value() ? old->version : 0;
  const std::string current = std::to_string(profile.version);
  if (!etag.empty() && etag != current) {
    return domain::EtagMismatch(domain::ImportProfileName(profile.name), current);
  }
  SavedProfile saved{profile, context.NewDraft(domain::Act::kSaveProfile)};
  if (!old.has_value() || old->source != source) ++saved.profile.version;
  saved.draft.edits.emplace_back(std::move(profile));
  return saved;
}

absl::StatusOr<store::Draft> DeleteProfile(const WriteContext& context, store::ReadView& view,
                                           const std::string& name) {
  ASSIGN_OR_RETURN(domain::ImportProfile profile, RequireOwn(view, name));
  store::Draft draft = context.NewDraft(domain::Act::kDeleteProfile);
  draft.edits.emplace_back(store::Removal{std::move(profile)});
  return draft;
}

absl::StatusOr<tabular::Profile> ProfileChooser::For(const std::vector<std::string>& columns) {
  const ImportKind& kind = *FindImportKind(header_.kind());
  if (!header_.profile().empty() && !named_.has_value()) {
    named_ = NamedProfile(header_.profile(), kind, view_);
  }
  absl::StatusOr<tabular::Profile> profile =
      named_.has_value() ? *named_ : tabular::ChooseProfile(kind.table, columns);
  if (profile.ok()) profile->dates_as_text = header_.accept_dates_as_text();
  return profile;
}

tabular::HeaderFit ProfileChooser::FitOf(const std::vector<std::string>& cells) {
  const absl::StatusOr<tabular::Profile> profile = For(cells);
  return profile.ok() ? tabular::FitOf(*profile, cells) : tabular::HeaderFit();
}

absl::Status CheckHeaderProblems(const std::vector<tabular::Problem>& problems) {
  std::vector<domain::Violation> violations;
  std::string codes;
  for (const tabular::Problem& problem : problems) {
    if (problem.severity != tabular::Severity::kError) continue;
    codes += (codes.empty() ? "" : ",") + problem.code;
    const std::string field = problem.column.value_or("header");
    violations.push_back({field, problem.sentence});
    if (!problem.suggestion.has_value()) continue;
    violations.push_back({field, Sentence("Did you mean $0?", {*problem.suggestion})});
  }
  if (violations.empty()) return absl::OkStatus();
  return domain::InvalidRequest(std::move(violations), {{"problem", std::move(codes)}});
}

}  // namespace kirikae::app
