// Every RPC that writes: a repeated write with the same request id gets the first answer and writes
// nothing twice.
#include <gmock/gmock.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "kirikae/v1/access_service.pb.h"
#include "kirikae/v1/audit_service.grpc.pb.h"
#include "kirikae/v1/calendar_service.pb.h"
#include "kirikae/v1/import_service.pb.h"
#include "kirikae/v1/inventory_service.pb.h"
#include "kirikae/v1/migration_service.pb.h"
#include "kirikae/v1/planning_service.pb.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/any_call.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using google::protobuf::Message;

// An example of a write. {import} stands for a preview made beforehand, {newest} for the newest
// change set.
struct Example {
  const char* rpc;      // `Service/Rpc`
  const char* request;  // in text form, without its request id
  bool writes = true;   // false where it succeeds and there is nothing to change
};

// In an order in which each of them succeeds, on a small ward.
constexpr Example kExamples[] = {
    {"CalendarService/ImportHolidays",
     R"(content: "国民の祝日・休日月日,国民の祝日・休日名称\n2025/1/1,元日\n" accept_fewer: true)"},
    {"CalendarService/SetDay", R"(day: "2025-04-12" office: OFFICE_DAY_OPEN)"},
    {"ImportService/SaveProfile",
     R"(source: "profile: tool\nkind: devices\ncolumns: { asset_tag: 管理No }\n")"},
    {"ImportService/DeleteProfile", R"(name: "importProfiles/tool")"},
    {"ImportService/ApplyImport", R"(name: "{import}")"},
    {"InventoryService/CreateDevice",
     R"(device { asset_tag: "NEW-1" labels { key: "bundle" value: "B" }
        labels { key: "rack" value: "7" } labels { key: "lot" value: "x" }
        labels { key: "room" value: "101" } labels { key: "owner" value: "課" } })"},
    {"InventoryService/UpdateDevice",
     R"(device { name: "devices/A-01" labels { key: "bundle" value: "B" }
        labels { key: "rack" value: "7" } labels { key: "lot" value: "x" }
        labels { key: "room" value: "101" } labels { key: "owner" value: "課" } }
        update_mask { paths: "labels.bundle" paths: "labels.rack" paths: "labels.lot"
        paths: "labels.room" paths: "labels.owner" })"},
    {"InventoryService/BatchUpdateDevices",
     R"(filter: "asset_tag <= A-02" device { note: "点検済" labels { key: "bundle" value: "C" }
        labels { key: "rack" value: "8" } labels { key: "lot" value: "y" }
        labels { key: "room" value: "102" } labels { key: "owner" value: "係" } }
        update_mask { paths: "note" paths: "labels.bundle" paths: "labels.rack" })"},
    {"InventoryService/CorrectMethod",
     R"(asset_tags: "NEW-1" method: AUTH_METHOD_FACE_AND_IC_CARD options { reason: "誤記" })"},
    {"InventoryService/RetireDevice", R"(name: "devices/NEW-1")"},
    {"InventoryService/RestoreDevice", R"(name: "devices/NEW-1")"},
    {"InventoryService/GrantException",
     R"(name: "devices/A-01" method: AUTH_METHOD_FACE_AND_IC_CARD last_day: "2025-04-10")"},
    {"InventoryService/EndException", R"(name: "devices/A-01")"},
    {"InventoryService/UpdateStaff",
     R"(staff { name: "staff/0100001" title: "係長" } update_mask { paths: "title" })"},
    {"AuditService/UndoChangeSet", R"(name: "{newest}")"},
    {"AccessService/CreateToken", R"(display_name: "課員" role: ROLE_VIEWER)"},
    {"AccessService/RevokeToken", R"(name: "tokens/2")"},
    {"RolloutService/ApplyRollout",
     R"(content: "rollout: small\nfrom: IC_CARD_AND_PASSWORD\nto: FACE_AND_PASSWORD\nscope: \"state = ACTIVE\"\nphases: [ { id: all, select: \"\" } ]\nteams: [ { id: a, devices_per_slot: 4 } ]\n")"},
    {"PlanningService/CreatePlan", R"(parent: "rollouts/small")"},
    {"PlanningService/SubmitPlan", R"(name: "rollouts/small/plans/1")"},
    {"PlanningService/RejectPlan", R"(name: "rollouts/small/plans/1" remark: "再検討")"},
    {"PlanningService/CreatePlan", R"(parent: "rollouts/small" first_day: "2025-04-02")"},
    {"PlanningService/SubmitPlan", R"(name: "rollouts/small/plans/2")"},
    {"PlanningService/ApprovePlan", R"(name: "rollouts/small/plans/2" remark: "承認")"},
    {"RolloutService/ProposeRollout",
     R"(content: "rollout: small\nfrom: IC_CARD_AND_PASSWORD\nto: FACE_AND_PASSWORD\nscope: \"state = ACTIVE\"\nphases: [ { id: all, select: \"\", soak_days: 2 } ]\nteams: [ { id: a, devices_per_slot: 4 } ]\n")"},
    {"RolloutService/DeclineProposal", R"(name: "rollouts/small/proposals/1" remark: "長すぎる")"},
    {"RolloutService/ProposeRollout",
     R"(content: "rollout: small\nfrom: IC_CARD_AND_PASSWORD\nto: FACE_AND_PASSWORD\nscope: \"state = ACTIVE\"\nphases: [ { id: all, select: \"\", soak_days: 1 } ]\nteams: [ { id: a, devices_per_slot: 4 } ]\n")"},
    {"RolloutService/AcceptProposal", R"(name: "rollouts/small/proposals/2" remark: "承認")"},
    {"RolloutService/PauseRollout", R"(name: "rollouts/small")"},
    {"RolloutService/ResumeRollout", R"(name: "rollouts/small")"},
    {"RolloutService/StartRollout", R"(name: "rollouts/small")", false},
    {"RolloutService/HoldPhase", R"(name: "rollouts/small/phases/all")"},
    {"RolloutService/ReleasePhase", R"(name: "rollouts/small/phases/all" remark: "続行")"},
    {"RolloutService/StartWave", R"(name: "rollouts/small/waves/1")"},
    {"MigrationService/MarkDevices",
     R"(asset_tags: "A-01" outcome: MARK_OUTCOME_MIGRATED override_blockers: true)"},
    {"RolloutService/FinishWave", R"(name: "rollouts/small/waves/1" return_open: true)"},
    {"RolloutService/CancelRollout", R"(name: "rollouts/small")"},
};

std::string NameOf(const google::protobuf::MethodDescriptor& method) {
  return method.service()->name() + "/" + method.name();
}

bool Writes(const google::protobuf::MethodDescriptor& method) {
  const auto* const options = method.input_type()->FindFieldByName("options");
  return options != nullptr && options->message_type() == v1::WriteOptions::descriptor();
}

// Maps are in the order of their keys, so that equal messages have equal bytes.
std::string Ordered(const Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

// A request that was sent, and its answer.
struct Sent {
  const google::protobuf::MethodDescriptor* method;
  std::string request;
  std::string answer;
};

class Replay : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const auto* method : ServedMethods(daemon_.channel())) methods_[NameOf(*method)] = method;
    ImportDevices(daemon_, {{"A", 6, "総務部/総務課"}});
    const TemporaryFolder folder;
    WriteFile(folder / "devices.csv", "資産管理番号,備考\nA-06,棚卸\n");
    const std::string name =
        Succeed(daemon_, {"import", "devices", folder / "devices.csv", "-o", "name"}).out;
    import_ = name.substr(0, name.find('\n'));
  }

  void Restart() {
    daemon_.Stop();
    daemon_.Start();
  }

  // The newest change set that a person made.
  std::string Newest() const {
    v1::ListChangeSetsRequest request;
    request.set_actor("admin");
    request.set_page_size(1);
    v1::ListChangeSetsResponse page;
    grpc::ClientContext context;
    daemon_.Authorize(context);
    const auto stub = v1::AuditService::NewStub(daemon_.channel());
    const grpc::Status status = stub->ListChangeSets(&context, request, &page);
    if (!status.ok()) throw std::runtime_error(status.error_message());
    return page.change_sets(0).name();
  }

  static std::unique_ptr<Message> New(const google::protobuf::Descriptor& type) {
    return std::unique_ptr<Message>(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
  }

  std::unique_ptr<Message> RequestOf(const Example& example,
                                     const google::protobuf::MethodDescriptor& method) const {
    std::string text = example.request;
    for (const auto& [mark, value] :
         std::map<std::string, std::string>{{"{import}", import_}, {"{newest}", Newest()}}) {
      if (const size_t at = text.find(mark); at != std::string::npos) {
        text.replace(at, mark.size(), value);
      }
    }
    auto request = New(*method.input_type());
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, request.get())) << example.rpc;
    return request;
  }

  static v1::WriteOptions& OptionsOf(Message& request) {
    const auto* const field = request.GetDescriptor()->FindFieldByName("options");
    return static_cast<v1::WriteOptions&>(
        *request.GetReflection()->MutableMessage(&request, field));
  }

  AnyAnswer Send(const Sent& sent) const {
    return CallAny(daemon_.channel(),
                   "/" + sent.method->service()->full_name() + "/" + sent.method->name(),
                   "Bearer " + daemon_.admin_token(), sent.request);
  }

  // The answer's content, without the secret of a token, which is sent once and stored nowhere.
  static std::string Content(const google::protobuf::MethodDescriptor& method,
                             const AnyAnswer& answer) {
    if (answer.messages.size() != 1) return "no answer: " + answer.status.error_message();
    const auto message = New(*method.output_type());
    EXPECT_TRUE(message->ParseFromString(answer.messages[0]));
    if (auto* const token = dynamic_cast<v1::CreateTokenResponse*>(message.get())) {
      token->clear_secret();
    }
    return Ordered(*message);
  }

  Daemon daemon_;
  std::map<std::string, const google::protobuf::MethodDescriptor*> methods_;
  std::string import_;
};

TEST_F(Replay, EveryWriteHasAnExample) {
  std::set<std::string> writes;
  for (const auto& [name, method] : methods_) {
    if (Writes(*method)) writes.insert(name);
  }
  std::set<std::string> examples;
  for (const Example& example : kExamples) examples.insert(example.rpc);
  EXPECT_EQ(examples, writes);
}

TEST_F(Replay, ARepeatedWriteGivesTheFirstAnswerAndWritesNothingTwice) {
  std::vector<Sent> all;
  for (const Example& example : kExamples) {
    ASSERT_EQ(methods_.count(example.rpc), 1U) << example.rpc;
    const auto* const method = methods_[example.rpc];
    const auto request = RequestOf(example, *method);
    v1::WriteOptions& options = OptionsOf(*request);
    const std::string number = std::to_string(100 + all.size());
    options.set_request_id("00000000-0000-4000-8000-000000000" + number);
    options.set_reason("試験");
    // A starting daemon does what is due, such as opening a phase, before it serves.
    if (example.rpc == std::string("RolloutService/HoldPhase")) Restart();
    const std::string before = Newest();
    Sent sent{method, request->SerializeAsString(), ""};
    const AnyAnswer first = Send(sent);
    ASSERT_TRUE(first.status.ok()) << example.rpc << ": " << first.status.error_message();
    sent.answer = Content(*method, first);
    const std::string written = Newest();
    EXPECT_EQ(written != before, example.writes) << example.rpc;

    // A message that was parsed may list a map in another order than the one that was sent.
    const auto again = New(*method->input_type());
    again->ParseFromString(sent.request);
    const AnyAnswer second = Send({method, again->SerializeAsString(), ""});
    EXPECT_TRUE(second.status.ok()) << example.rpc << ": " << second.status.error_message();
    EXPECT_EQ(Content(*method, second), sent.answer) << example.rpc;

    OptionsOf(*again).set_reason("別の理由");
    const AnyAnswer other = Send({method, again->SerializeAsString(), ""});
    EXPECT_THAT(OutcomeOf(other.status),
                CallFails(grpc::StatusCode::ALREADY_EXISTS, "REQUEST_ID_REUSED"))
        << example.rpc;
    EXPECT_EQ(Newest(), written) << example.rpc;
    all.push_back(std::move(sent));
  }
  // After a restart, and whatever the state is by then.
  const std::string newest = Newest();
  Restart();
  for (const Sent& sent : all) {
    EXPECT_EQ(Content(*sent.method, Send(sent)), sent.answer) << NameOf(*sent.method);
  }
  EXPECT_EQ(Newest(), newest);
  ExpectSound(daemon_);
}

// Once, the fingerprint of a request hashed its labels in the map's arbitrary order.
TEST_F(Replay, ARetriedWriteWithSeveralLabelsGivesTheFirstAnswer) {
  const auto* const method = methods_["InventoryService/CreateDevice"];
  v1::CreateDeviceRequest request;
  request.mutable_device()->set_asset_tag("MANY-1");
  request.mutable_options()->set_request_id("00000000-0000-4000-8000-000000000001");
  for (int i = 0; i < 12; ++i) {
    (*request.mutable_device()->mutable_labels())["l" + std::to_string(i)] = std::to_string(i);
  }
  const AnyAnswer first = Send({method, request.SerializeAsString(), ""});
  ASSERT_TRUE(first.status.ok()) << first.status.error_message();
  for (int i = 0; i < 20; ++i) {
    const AnyAnswer again = Send({method, request.SerializeAsString(), ""});
    EXPECT_TRUE(again.status.ok()) << again.status.error_message();
    EXPECT_EQ(Content(*method, again), Content(*method, first));
  }
}

}  // namespace
}  // namespace kirikae::testing
