// The records of the inventory and the rollout, as values.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/domain/values.h"

namespace kirikae::domain {

/// A user of a device. The staff list adds role and enrolment on reading.
struct DeviceUser {
  std::string staff_number;                 ///< text: leading zeros count
  std::string name;                         ///< as given
  std::string kana;                         ///< as given
  std::optional<StaffRole> role;            ///< from the staff list; not stored with the device
  std::optional<EnrolmentState> enrolment;  ///< from the staff list; not stored with the device
  bool consent_withheld = false;            ///< from the staff list; not stored with the device
  /// From the staff list; not stored with the device.
  std::optional<absl::CivilDay> enrolled_on = std::nullopt;
};

/// Another method for a limited time.
struct MethodException {
  AuthMethod method = AuthMethod::kIcCardAndPassword;
  absl::Time from;
  absl::Time until;  ///< it ends by itself
  std::string granted_by;
  std::string reason;

  bool HoldsAt(absl::Time time) const { return from <= time && time < until; }
};

/// A PC with an asset tag.
struct Device {
  std::string asset_tag;  ///< key: half width, upper case, `TSM-00123`
  std::string host_name;
  std::string serial;
  std::string model;
  std::string os;
  DeviceKind kind = DeviceKind::kStaffDevice;
  Network network = Network::kLgwan;
  std::string department;  ///< path, `総務部/総務課`
  std::string site;
  std::string floor;
  std::vector<DeviceUser> users;
  Camera camera = Camera::kUnknown;
  AuthMethod auth_method = AuthMethod::kIcCardAndPassword;
  absl::Time auth_method_since;
  DeviceState state = DeviceState::kActive;
  std::map<std::string, std::string> labels;
  std::string note;
  std::optional<absl::CivilDay> inventoried_on;
  std::optional<absl::CivilDay> lease_ends_on;  ///< the last day of the lease
  std::optional<absl::CivilDay> camera_due_on;  ///< when its camera is delivered or repaired
  std::optional<MethodException> exception;     ///< may have ended
  int64_t version = 0;  ///< 0 = not stored yet; set by the store, one more with every change

  /// The method to log on with at that time.
  AuthMethod EffectiveMethod(absl::Time time) const {
    return exception.has_value() && exception->HoldsAt(time) ? exception->method : auth_method;
  }
};

/// A staff member. Kirikae stores no face: only the state and day of enrolment.
struct Staff {
  std::string staff_number;  ///< key; text: leading zeros count
  std::string name;
  std::string kana;
  std::string department;
  std::string title;
  StaffRole role = StaffRole::kStaff;
  EnrolmentState enrolment = EnrolmentState::kNone;
  std::optional<absl::CivilDay> enrolled_on;  ///< not registered: the day of the appointment
  std::string
      consent_withheld;  ///< why the person withholds consent to registering a face; "" = consents
  int64_t version = 0;
};

/// A rollout: its policy file as applied, and its state.
struct Rollout {
  std::string id;  ///< key, `face2025`
  std::string title;
  std::string source;  ///< the YAML as applied; parsed where it is needed
  AuthMethod from_method = AuthMethod::kIcCardAndPassword;
  AuthMethod to_method = AuthMethod::kFaceAndPassword;
  std::string minimum_os;  ///< from the file, `Windows 11`; "" = any
  RolloutState state = RolloutState::kDraft;
  int64_t approved_plan = 0;  ///< number; 0 = none
  /// While paused: waves up to this day go on; absent: no wave goes on.
  std::optional<absl::CivilDay> waves_go_on_until;
  int64_t version = 0;
};

/// A numbered plan; only its state and signatures change after it is made.
struct Plan {
  std::string rollout;  ///< key with number
  int64_t number = 0;   ///< from 1 within its rollout
  PlanState state = PlanState::kDraft;
  std::string solution;  ///< serialised PlanSolution and blocked devices, opaque to the store
  std::string creator;
  absl::Time create_time;
  std::string submitter;
  std::string approver;
  std::string remark;
  std::optional<absl::Time> approve_time;
  int64_t planned_count = 0;
  int64_t left_count = 0;
  int64_t blocked_count = 0;
  std::string file_hash;  ///< hash of the rollout's file that it was made from; "" = not known
  int64_t version = 0;
};

/// A proposed change of the rules of a rollout that is under way. It never changes but for its
/// decision.
struct Proposal {
  std::string rollout;  ///< key with number
  int64_t number = 0;   ///< from 1 within its rollout
  ProposalState state = ProposalState::kOpen;
  std::string base;    ///< the file in force when it was written
  std::string source;  ///< the YAML that is proposed in its place
  std::string author;
  absl::Time create_time;
  std::string reason;
  std::string decider;  ///< who accepted or declined it
  std::string remark;   ///< the decider's
  std::optional<absl::Time> decide_time;
  int64_t version = 0;
};

/// The devices that an approved plan puts in one slot for one team.
struct Wave {
  std::string rollout;  ///< key with number
  int64_t number = 0;   ///< from 1 within its rollout, over all plans
  int64_t plan = 0;
  std::string phase;
  absl::CivilDay day;
  std::string slot;
  std::string team;
  WaveState state = WaveState::kPlanned;
  bool make_up = false;  ///< all its devices had failed or been rolled back before
  int64_t version = 0;
};

/// The state of a phase of a rollout.
struct PhaseStatus {
  std::string rollout;  ///< key with id
  std::string id;
  PhaseState state = PhaseState::kWaiting;
  PhaseState returns_to = PhaseState::kOpen;  ///< of HELD: the state that a release returns to
  std::optional<HoldRule> hold_rule;          ///< of HELD: which rule, or a person
  std::string hold_reason;                    ///< of HELD by a person
  std::string held_by;                        ///< of HELD by a person: who
  std::optional<absl::Time> hold_time;        ///< of HELD: since when
  int64_t held_succeeded = 0;                 ///< of HELD by a rule: the figures it used
  int64_t held_attempted = 0;
  int64_t held_incidents = 0;
  int64_t forgiven_failures = 0;   ///< failed and rolled back when a hold was released: fewer or
                                   ///< as many don't hold it again
  int64_t forgiven_incidents = 0;  ///< the same for incidents
  std::optional<absl::CivilDay> done_on;    ///< the last day on which work was done; of SOAKING on
  std::string released_by;                  ///< who released it last
  std::string remark;                       ///< with the last release
  std::optional<absl::Time> release_time;   ///< of the last release
  bool approved = false;                    ///< an approver opened the gate
  bool overridden = false;                  ///< opened though the gate's figures did not allow it
  std::optional<absl::CivilDay> opened_on;  ///< when it opened
  std::optional<absl::CivilDay> passed_on;  ///< when it passed
  int64_t version = 0;
};

/// A device's state and position in a rollout. The key is (rollout, asset_tag), so a device has at
/// most one.
struct Placement {
  std::string rollout;
  std::string asset_tag;
  int64_t wave = 0;  ///< number; 0 = none
  std::string phase;
  std::optional<absl::CivilDay> day;
  std::string slot;
  std::string team;
  PlacementState state = PlacementState::kUnplanned;
  std::optional<FailureCause> cause;
  std::optional<AuthMethod> method_before;  ///< what a roll-back restores
  bool off_schedule = false;                ///< marked on another day than planned
  std::optional<absl::CivilDay> until;      ///< of DEFERRED: not before this day
  std::optional<absl::Time> marked_time;    ///< when the last mark's event happened
  /// Attempts so far: those that failed or were rolled back, and those at which the user was
  /// absent. A new plan keeps these counts.
  int64_t failures = 0;
  int64_t absences = 0;
  int64_t version = 0;
};

/// What is stored about a day, in addition to the week and the holiday law.
struct CalendarDay {
  absl::CivilDay day;               ///< key
  std::string holiday;              ///< its name in the imported list; "" = not in it
  std::optional<OfficeDay> office;  ///< what the ward set
  std::string reason;               ///< why the ward set it
  int64_t version = 0;
};

/// A named bearer token, stored as a hash; or a client certificate that stands for one.
struct Token {
  int64_t id = 0;  ///< key, from 1
  std::string display_name;
  Role role = Role::kViewer;
  std::string hash;  ///< hex of the secret's BLAKE2b-256; of a certificate, of a secret nobody has
  absl::Time expire_time;
  bool revoked = false;
  int64_t version = 0;
  std::string certificate;  ///< subject of the client certificate (RFC 2253); "" = a secret
};

/// A stored preview of a file. The store does not read its payload and parts.
struct ImportPreview {
  int64_t id = 0;  ///< key, from 1
  ImportKind kind = ImportKind::kDevices;
  std::string payload;
  /// Set only in a new preview; shared by the drafts of every run of its write. In a stored preview
  /// this is null and each part is read on its own.
  std::shared_ptr<const std::vector<std::string>> parts;
  int64_t change_set = 0;                 ///< that applied it; 0 = not applied
  std::string author;                     ///< who sent the file; "" = not known
  std::optional<absl::Time> create_time;  ///< absent = not known
  int64_t size = 0;                       ///< bytes of the payload and the parts; 0 = not known
  std::string parts_hash;                 ///< hex, HashOfTexts of the parts; "" = not known
  bool expired = false;                   ///< its payload and parts are gone
  int64_t version = 0;
};

/// How one ward reads its files of one kind.
struct ImportProfile {
  std::string name;  ///< key, `asset-tool`
  ImportKind kind = ImportKind::kDevices;
  std::string source;  ///< YAML, as saved
  int64_t version = 0;
};

/// One field's change of one record.
struct Change {
  std::string record;  ///< resource name, `devices/TSM-00123`
  std::string field;
  std::string old_value;
  std::string new_value;
  int64_t position =
      0;  ///< number of fields that the set changed before; set by the store on reading
};

/// All the changes of one act.
struct ChangeSet {
  int64_t id = 0;
  std::string actor;
  std::string role;
  std::string act;  ///< UPPER_SNAKE, `MARK_MIGRATED`
  std::string reason;
  std::string request_id;
  absl::Time effective_time;
  absl::Time recorded_time;
  int64_t change_count = 0;
  std::string hash;                                 ///< hex
  int64_t undoes = 0;                               ///< the change set it undoes; 0 = none
  bool partial = false;                             ///< it undoes only the records it changes
  int64_t undone_by = 0;                            ///< the change set that undid it; 0 = none
  absl::Time undone_time = absl::InfiniteFuture();  ///< when that was recorded
};

/// A row of a device's history.
struct HistoryEntry {
  ChangeSet change_set;
  Change change;
};

}  // namespace kirikae::domain
