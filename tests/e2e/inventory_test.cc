// An inventory that people can trust: edits, undo, exceptions, and past states.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

class Inventory : public ::testing::Test {
 protected:
  void SetUp() override { ImportSampleWard(daemon_); }

  v1::Device Show(const std::string& tag) {
    return Answer<v1::Device>(daemon_, {"device", "show", tag});
  }
  v1::DeviceCard Card(const std::string& tag) {
    const auto found = Answer<v1::LookupDevicesResponse>(daemon_, {"lookup", tag});
    EXPECT_EQ(found.matches_size(), 1);
    return found.matches(0).card();
  }
  std::string Newest() { return NewestChange(daemon_); }

  Daemon daemon_;
};

TEST_F(Inventory, AnUpdateChangesTheFieldsNamedAndNoOther) {
  const ProgramResult result = daemon_.Run({"device", "update", "TSM-00001", "--set", "floor=9階",
                                            "--set", "labels.bundle=k1", "--set", "camera=broken"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const v1::Device device = Show("TSM-00001");
  EXPECT_EQ(device.floor(), "9階");
  EXPECT_EQ(device.labels().at("bundle"), "k1");
  EXPECT_EQ(device.camera(), v1::CAMERA_BROKEN);
  EXPECT_EQ(device.host_name(), "TSMPC00001");
}

TEST_F(Inventory, PeopleAreShownEveryFieldInWords) {
  const auto shown = [&](const std::string& language) {
    return Succeed(daemon_, {"device", "show", "TSM-00001", "--lang", language}).out;
  };
  ASSERT_EQ(daemon_
                .Run({"device", "update", "TSM-00001", "--set", "network=MY_NUMBER", "--set",
                      "camera=BROKEN", "--set", "inventoried_on=2025-04-01"})
                .exit_code,
            0);
  const std::string english = shown("en");
  EXPECT_THAT(english, ContainsRegex("network +My Number"));
  EXPECT_THAT(english, ContainsRegex("camera +broken"));
  EXPECT_THAT(english, ContainsRegex("last inventory +2025-04-01"));
  EXPECT_THAT(english, ContainsRegex("state +in use"));
  EXPECT_THAT(english, Not(ContainsRegex("[A-Z]_[A-Z]"))) << "no value by its name";
  const std::string japanese = shown("ja");
  EXPECT_THAT(japanese, ContainsRegex("ネットワーク +個人番号利用事務系"));
  EXPECT_THAT(japanese, ContainsRegex("カメラ +故障"));
  EXPECT_THAT(japanese, ContainsRegex("最終棚卸日 +2025-04-01"));
}

TEST_F(Inventory, TheEndOfALeaseComesInAndIsFoundShownKeptAndGivenOut) {
  const TemporaryFolder folder;
  WriteFile(folder / "leases.csv",
            "資産管理番号,リース満了日\nTSM-00001,令和8年3月31日\nTSM-00002,2026/9/30\n");
  Succeed(daemon_, {"import", "devices", folder / "leases.csv", "--apply", "--yes"});
  EXPECT_EQ(Show("TSM-00001").lease_ends_on(), "2026-03-31");
  EXPECT_EQ(Succeed(daemon_, {"device", "list", "--filter", "lease_ends_on >= 2000-01-01",
                              "--order-by", "lease_ends_on desc", "-o", "name"})
                .out,
            "devices/TSM-00002\ndevices/TSM-00001\n");
  const auto shown = [&](const char* language) {
    return Succeed(daemon_, {"device", "show", "TSM-00001", "--lang", language}).out;
  };
  EXPECT_THAT(shown("en"), ContainsRegex("lease ends +2026-03-31"));
  EXPECT_THAT(shown("ja"), ContainsRegex("リース満了日 +2026-03-31"));
  Succeed(daemon_, {"device", "update", "TSM-00001", "--set", "lease_ends_on=2027-03-31"});
  const std::string history =
      Succeed(daemon_, {"device", "history", "TSM-00001", "-o", "json"}).out;
  EXPECT_THAT(history, HasSubstr("\"lease_ends_on\""));
  EXPECT_THAT(history, HasSubstr("2027-03-31"));
  Succeed(daemon_, {"export", "devices", "-f", "csv", "--to", folder / "out.csv"});
  const std::string exported = ReadFile(folder / "out.csv");
  EXPECT_THAT(exported, HasSubstr("リース満了日"));
  EXPECT_THAT(exported, HasSubstr("2026-09-30"));
}

TEST_F(Inventory, AnUnknownFieldOrValueIsRefused) {
  const auto set = [&](const std::string& assignment) {
    return Try(daemon_, {"device", "update", "TSM-00001", "--set", assignment});
  };
  EXPECT_THAT(set("colour=red"), Fails(2, "UNKNOWN_FIELD"));
  EXPECT_THAT(set("kind=TOASTER"), Fails(2, "UNKNOWN_FIELD"));
  EXPECT_THAT(set("users=9999999"), InvalidAt({"users[0].staff_number"}));
}

TEST_F(Inventory, NewUsersAreFoundByTheLookUp) {
  const std::string staff = daemon_.Run({"staff", "list", "-o", "csv", "--no-headers"}).out;
  const std::string number = staff.substr(0, staff.find(','));
  ASSERT_EQ(daemon_.Run({"device", "update", "TSM-00700", "--set", "users=" + number}).exit_code,
            0);
  EXPECT_THAT(daemon_.Run({"lookup", number, "-o", "name"}).out, HasSubstr("TSM-00700"));
}

TEST_F(Inventory, ABulkUpdateSaysHowManyFirstAndIsOneChangeSet) {
  const std::string filter = "kind = MANAGER_TERMINAL";
  const auto asked = Answer<v1::BatchUpdateDevicesResponse>(
      daemon_, {"device", "update", "--filter", filter, "--set", "note=点検済", "--dry-run"});
  EXPECT_EQ(asked.matched(), 67);
  EXPECT_EQ(asked.changed(), 67);
  EXPECT_NE(Show("TSM-00001").note(), "点検済");
  EXPECT_THAT(Try(daemon_, {"device", "update", "--filter", filter, "--set", "note=点検済"}),
              Fails(2, "NOT_CONFIRMED"));
  const ProgramResult done =
      daemon_.Run({"device", "update", "--filter", filter, "--set", "note=点検済", "--yes"});
  EXPECT_EQ(done.exit_code, 0) << done.err;
  const std::string changes = daemon_.Run({"change", "show", Newest(), "-o", "jsonl"}).out;
  EXPECT_EQ(std::count(changes.begin(), changes.end(), '\n'), 67);
  ASSERT_EQ(daemon_.Run({"change", "undo", Newest(), "--yes"}).exit_code, 0);
  EXPECT_NE(Show("TSM-00001").note(), "点検済");
}

TEST_F(Inventory, ARetiredDeviceIsNotMarkedAndComesBack) {
  ASSERT_EQ(daemon_.Run({"device", "retire", "TSM-00001"}).exit_code, 0);
  EXPECT_THAT(Try(daemon_, {"mark", "migrated", "TSM-00001"}), Fails(4, "DEVICE_RETIRED"));
  EXPECT_EQ(daemon_.Run({"device", "restore", "TSM-00001"}).exit_code, 0);
  EXPECT_THAT(Try(daemon_, {"device", "restore", "TSM-00001"}), Fails(4, "DEVICE_NOT_RETIRED"));
}

TEST_F(Inventory, ANewDeviceIsThereAndItsTagIsTakenThen) {
  const std::vector<std::string> create = {"device", "create", "ｔｓｍ－０８００１", "--set",
                                           "department=総務部/総務課"};
  ASSERT_EQ(daemon_.Run(create).exit_code, 0);
  EXPECT_EQ(Show("TSM-08001").department(), "総務部/総務課");
  EXPECT_THAT(Try(daemon_, create), Fails(4, "DEVICE_ALREADY_EXISTS"));
}

TEST_F(Inventory, AnUndoneImportLeavesNothingAndItsFileMayComeAgain) {
  const std::string all =
      daemon_.Run({"change", "list", "--act", "APPLY_IMPORT", "-o", "name"}).out;
  EXPECT_THAT(all, ContainsRegex("changeSets/[0-9]+\nchangeSets/[0-9]+\nchangeSets/[0-9]+\n"));
  // Enrolments, devices, staff: newest first.
  std::vector<std::string> ids;
  for (size_t at = all.find('/'); at != std::string::npos; at = all.find('/', at + 1)) {
    ids.push_back(all.substr(at + 1, all.find('\n', at) - at - 1));
  }
  ASSERT_EQ(ids.size(), 3U);
  ASSERT_EQ(daemon_.Run({"change", "undo", ids[1], "--yes"}).exit_code, 0);
  EXPECT_EQ(daemon_.Run({"device", "list", "-o", "name"}).out, "");
  EXPECT_THAT(Try(daemon_, {"lookup", "TSM-00001"}), Fails(3, "NOTHING_MATCHES"));
  EXPECT_THAT(Try(daemon_, {"change", "undo", ids[1], "--yes"}), Fails(4, "ALREADY_UNDONE"));
  const std::string devices =
      std::string(KIRIKAE_SOURCE_FOLDER) + "/deploy/samples/ward700/devices.csv";
  EXPECT_EQ(daemon_.Run({"import", "devices", devices, "--apply", "--yes"}).exit_code, 0);
  EXPECT_EQ(daemon_.Run({"audit", "verify"}).exit_code, 0);
}

TEST_F(Inventory, AnUndoThatWouldOverwriteLaterChangesListsThemAndDoesNothing) {
  ASSERT_EQ(daemon_.Run({"device", "update", "TSM-00001", "--set", "note=一", "--set", "floor=1階"})
                .exit_code,
            0);
  const std::string first = Newest();
  ASSERT_EQ(daemon_.Run({"device", "update", "TSM-00001", "--set", "note=二"}).exit_code, 0);
  const Outcome undo = Try(daemon_, {"change", "undo", first, "--yes"});
  EXPECT_THAT(undo, Fails(4, "UNDO_CONFLICTS"));
  EXPECT_THAT(undo.fields, ::testing::ElementsAre("devices/TSM-00001.note"));
  EXPECT_EQ(Show("TSM-00001").floor(), "1階");
}

// A mark made now has a finer time than a stored row; once, its undo was refused for that.
TEST_F(Inventory, AMarkMadeJustNowIsUndone) {
  ApproveSamplePlan(daemon_);
  const std::string first = daemon_.Run({"wave", "show", "1", "-o", "name"}).out;
  const std::string tag = first.substr(0, first.find('\n'));
  ASSERT_EQ(daemon_.Run({"mark", "migrated", tag, "--yes"}).exit_code, 0);
  const ProgramResult undo = daemon_.Run({"change", "undo", Newest(), "--yes"});
  EXPECT_EQ(undo.exit_code, 0) << undo.err;
  EXPECT_EQ(Show(tag).auth_method(), v1::AUTH_METHOD_IC_CARD_AND_PASSWORD);
}

// Once, the answer of an update that changed nothing named an etag that was never stored.
TEST_F(Inventory, TheEtagAnsweredIsTheOneStored) {
  for (const char* floor : {"floor=9階", "floor=9階"}) {
    const auto answer =
        Answer<v1::Device>(daemon_, {"device", "update", "TSM-00001", "--set", floor});
    EXPECT_NE(answer.etag(), "");
    EXPECT_EQ(Show("TSM-00001").etag(), answer.etag());
  }
}

TEST_F(Inventory, AnOldEtagIsRefusedWithTheCurrentOneAndWritesNothing) {
  const auto stub = v1::InventoryService::NewStub(daemon_.channel());
  const auto update = [&](const std::string& etag, v1::Device& answer) {
    grpc::ClientContext context;
    daemon_.Authorize(context);
    v1::UpdateDeviceRequest request;
    request.mutable_device()->set_name("devices/TSM-00001");
    request.mutable_device()->set_etag(etag);
    request.mutable_device()->set_note("by etag " + etag);
    request.mutable_update_mask()->add_paths("note");
    return stub->UpdateDevice(&context, request, &answer);
  };
  v1::Device first;
  ASSERT_TRUE(update("", first).ok());
  v1::Device unused;
  const std::string old = std::to_string(std::stoll(first.etag()) - 1);
  const Outcome refused = OutcomeOf(update(old, unused));
  EXPECT_THAT(refused, CallFails(grpc::StatusCode::ABORTED, "ETAG_MISMATCH"));
  EXPECT_EQ(refused.metadata.at("etag"), first.etag());
  EXPECT_NE(Show("TSM-00001").note(), "by etag " + old);
  EXPECT_TRUE(update(first.etag(), unused).ok());
}

TEST_F(Inventory, OperatorsUndoTheirOwnActsOnly) {
  ASSERT_EQ(daemon_.Run({"device", "update", "TSM-00001", "--set", "note=x"}).exit_code, 0);
  const std::string set = Newest();
  const std::string token = daemon_.NewToken("operator");
  EXPECT_THAT(TryAs(daemon_, token, {"change", "undo", set, "--yes"}),
              Fails(5, "UNDO_OF_ANOTHERS"));
  ASSERT_EQ(daemon_.RunAs(token, {"device", "update", "TSM-00002", "--set", "note=y"}).exit_code,
            0);
  EXPECT_EQ(daemon_.RunAs(token, {"change", "undo", Newest(), "--yes"}).exit_code, 0);
}

TEST_F(Inventory, AnExceptionHoldsUntilItsDayAndIsListedTheDayBefore) {
  const std::vector<std::string> grant = {"exception",        "grant",   "TSM-00001",  "--method",
                                          "FACE_AND_IC_CARD", "--until", "2025-04-10", "--reason",
                                          "カメラ調整中"};
  const ProgramResult granted = daemon_.Run(grant);
  ASSERT_EQ(granted.exit_code, 0) << granted.err;
  EXPECT_EQ(Show("TSM-00001").effective_method(), v1::AUTH_METHOD_FACE_AND_IC_CARD);
  EXPECT_EQ(Card("TSM-00001").effective_method(), v1::AUTH_METHOD_FACE_AND_IC_CARD);
  EXPECT_THAT(daemon_.Run({"due", "-o", "name"}).out, Not(HasSubstr("TSM-00001")));
  daemon_.Stop();
  daemon_.Start({"--now", "2025-04-09T09:00:00+09:00"});
  EXPECT_THAT(daemon_.Run({"due", "-o", "name"}).out, HasSubstr("TSM-00001"));
  daemon_.Stop();
  daemon_.Start({"--now", "2025-04-11T00:00:00+09:00"});
  EXPECT_EQ(Show("TSM-00001").effective_method(), v1::AUTH_METHOD_IC_CARD_AND_PASSWORD);
}

TEST_F(Inventory, AnExceptionNeedsAReasonATermAndTwoKindsOfFactor) {
  const std::vector<std::string> base = {"exception", "grant", "TSM-00001", "--method"};
  const auto grant = [&](std::vector<std::string> rest) {
    std::vector<std::string> args = base;
    args.insert(args.end(), rest.begin(), rest.end());
    return Try(daemon_, args);
  };
  EXPECT_THAT(grant({"FACE_AND_PASSWORD", "--until", "2025-04-10"}), InvalidAt({"options.reason"}));
  EXPECT_THAT(grant({"FACE_AND_PASSWORD", "--until", "2025-06-10", "--reason", "x"}),
              InvalidAt({"last_day"}));
  EXPECT_THAT(grant({"FACE_AND_PASSWORD", "--until", "2025-03-10", "--reason", "x"}),
              InvalidAt({"last_day"}));
  EXPECT_THAT(grant({"FACE", "--until", "2025-04-10", "--reason", "x"}),
              Fails(7, "UNKNOWN_METHOD"));
  EXPECT_THAT(Try(daemon_, {"exception", "end", "TSM-00001"}), Fails(4, "NO_EXCEPTION"));
}

TEST_F(Inventory, TheWardSetsHowLongAnExceptionMayBe) {
  const auto grant = [&](const std::string& until) {
    return Try(daemon_, {"exception", "grant", "TSM-00001", "--method", "FACE_AND_IC_CARD",
                         "--until", until, "--reason", "x"});
  };
  EXPECT_THAT(grant("2025-05-02"), InvalidAt({"last_day"}));
  daemon_.Stop();
  daemon_.Start({"--now", kTestDay, "--exception-days", "60"});
  EXPECT_THAT(grant("2025-06-01"), InvalidAt({"last_day"}));
  EXPECT_EQ(grant("2025-05-31").exit_code, 0);
}

// A mark entered on Tuesday for Monday, and undone on Wednesday.
TEST_F(Inventory, TellsWhatWasTrueAndWhatWasKnownOnADay) {
  ApproveSamplePlan(daemon_);
  const std::string first = daemon_.Run({"wave", "show", "1", "-o", "name"}).out;
  const std::string tag = first.substr(0, first.find('\n'));
  const auto show = [&](const std::string& as_of, const std::string& known_at) {
    std::vector<std::string> args = {"device", "show", tag};
    if (!as_of.empty()) args.insert(args.end(), {"--as-of", as_of});
    if (!known_at.empty()) args.insert(args.end(), {"--known-at", known_at});
    return args;
  };
  const auto method = [&](const std::string& as_of, const std::string& known_at) {
    return Answer<v1::Device>(daemon_, show(as_of, known_at)).auth_method();
  };
  constexpr v1::AuthMethod kCard = v1::AUTH_METHOD_IC_CARD_AND_PASSWORD;
  constexpr v1::AuthMethod kFace = v1::AUTH_METHOD_FACE_AND_PASSWORD;
  daemon_.Stop();
  daemon_.Start({"--now", "2025-04-08T09:00:00+09:00"});
  ASSERT_EQ(daemon_.Run({"mark", "migrated", tag, "--when", "2025-04-07T10:00:00+09:00"}).exit_code,
            0);
  const std::string mark = Newest();
  EXPECT_EQ(method("2025-04-07", ""), kFace);
  EXPECT_EQ(method("2025-04-06", ""), kCard);
  EXPECT_EQ(method("2025-04-07", "2025-04-07"), kCard);
  EXPECT_THAT(Try(daemon_, show("2025-03-01", "")), Fails(3, "DEVICE_DID_NOT_EXIST"));
  daemon_.Stop();
  daemon_.Start({"--now", "2025-04-09T09:00:00+09:00"});
  ASSERT_EQ(daemon_.Run({"change", "undo", mark, "--yes"}).exit_code, 0);
  EXPECT_EQ(method("", ""), kCard);
  EXPECT_EQ(method("2025-04-07", ""), kCard);
  EXPECT_EQ(method("2025-04-07", "2025-04-08"), kFace);
  EXPECT_THAT(daemon_.Run({"device", "history", tag, "-o", "json"}).out, HasSubstr("undoneBy"));
}

TEST_F(Inventory, StaffAreListedByFilterAndOrder) {
  const auto list = [&](const std::vector<std::string>& more) {
    std::vector<std::string> args = {"staff", "list", "-o", "name"};
    args.insert(args.end(), more.begin(), more.end());
    return daemon_.Run(args).out;
  };
  const auto count = [](const std::string& out) {
    return std::count(out.begin(), out.end(), '\n');
  };
  EXPECT_EQ(count(list({})), 721);
  const auto officers = count(list({"--filter", "role = PROMOTION_OFFICER"}));
  EXPECT_GT(officers, 0);
  EXPECT_EQ(officers + count(list({"--filter", "role != PROMOTION_OFFICER"})), 721);
  EXPECT_GT(count(list({"--filter", "department : \"総務部\" AND kana : たかはし"})), 0);
  const std::string up = list({"--order-by", "department"});
  const std::string down = list({"--order-by", "department desc"});
  EXPECT_EQ(count(up), 721);
  EXPECT_NE(up.substr(0, 40), down.substr(0, 40));
  EXPECT_THAT(Try(daemon_, {"staff", "list", "--filter", "colour = red"}), InvalidAt({"filter"}));
  EXPECT_THAT(Try(daemon_, {"staff", "list", "--order-by", "colour"}), InvalidAt({"order_by"}));
}

TEST_F(Inventory, DevicesAreFilteredByTheMethodThatHoldsNow) {
  ASSERT_EQ(daemon_
                .Run({"exception", "grant", "TSM-00001", "--method", "FACE_AND_IC_CARD", "--until",
                      "2025-04-10", "--reason", "試行"})
                .exit_code,
            0);
  for (const char* filter :
       {"effective_method = FACE_AND_IC_CARD", "exception.method = FACE_AND_IC_CARD"}) {
    EXPECT_EQ(daemon_.Run({"device", "list", "--filter", filter, "-o", "name"}).out,
              "devices/TSM-00001\n");
  }
}

TEST_F(Inventory, ListsAreFilteredByWhereDevicesStandInTheRollout) {
  ApproveSamplePlan(daemon_);
  const auto count = [&](const std::string& filter) {
    const std::string out = daemon_.Run({"device", "list", "--filter", filter, "-o", "name"}).out;
    return std::count(out.begin(), out.end(), '\n');
  };
  const auto planned = count("placement.state = PLANNED");
  EXPECT_GT(planned, 500);
  const std::string first = daemon_.Run({"wave", "show", "1", "-o", "name"}).out;
  const std::string tag = first.substr(0, first.find('\n'));
  ASSERT_EQ(daemon_.Run({"mark", "migrated", tag, "--yes"}).exit_code, 0);
  EXPECT_EQ(count("placement.state = PLANNED"), planned - 1);
  EXPECT_EQ(count("placement.state = MIGRATED"), 1);
  EXPECT_EQ(count("placement.phase = pilot AND placement.state != MIGRATED") + 1,
            count("placement.phase = pilot"));
  EXPECT_THAT(Try(daemon_, {"device", "list", "--filter", "placement.state = DONE"}),
              InvalidAt({"filter"}));
}

// Devices added or removed between two pages move no other device to or from a page.
TEST_F(Inventory, PagesAreStableWhileOthersWrite) {
  const auto page = [&](const std::string& token, v1::ListDevicesResponse& response) {
    grpc::ClientContext context;
    daemon_.Authorize(context);
    v1::ListDevicesRequest request;
    request.set_page_size(100);
    request.set_order_by("host_name desc");
    request.set_page_token(token);
    return v1::InventoryService::NewStub(daemon_.channel())
        ->ListDevices(&context, request, &response);
  };
  std::multiset<std::string> seen;
  std::string token;
  for (int number = 0;; ++number) {
    v1::ListDevicesResponse response;
    ASSERT_TRUE(page(token, response).ok());
    for (const v1::Device& device : response.devices()) seen.insert(device.asset_tag());
    token = response.next_page_token();
    if (token.empty()) break;
    const std::string tag = "TSM-09" + std::to_string(100 + number);
    ASSERT_EQ(daemon_.Run({"device", "create", tag, "--set", "host_name=ZZ" + tag}).exit_code, 0);
  }
  for (int i = 1; i <= 700; ++i) {
    std::string tag = std::to_string(i);
    tag = "TSM-" + std::string(5 - tag.size(), '0') + tag;
    EXPECT_EQ(seen.count(tag), 1U) << tag;
  }
}

// A device whose value moves before or behind the list's position is still listed exactly once.
TEST_F(Inventory, AnOrderedListHoldsEachDeviceOnceThoughValuesChangeMeanwhile) {
  const auto page = [&](const std::string& order, const std::string& token) {
    grpc::ClientContext context;
    daemon_.Authorize(context);
    v1::ListDevicesRequest request;
    request.set_page_size(100);
    request.set_order_by(order);
    request.set_page_token(token);
    v1::ListDevicesResponse response;
    const grpc::Status status =
        v1::InventoryService::NewStub(daemon_.channel())->ListDevices(&context, request, &response);
    EXPECT_EQ(status.ok(), order == "host_name") << status.error_message();
    return response;
  };
  std::multiset<std::string> seen;
  std::string token;
  const auto take = [&](const v1::ListDevicesResponse& response) {
    for (const v1::Device& device : response.devices()) seen.insert(device.asset_tag());
    token = response.next_page_token();
  };
  const auto rename = [&](const std::string& tag, const std::string& host) {
    ASSERT_EQ(daemon_.Run({"device", "update", tag, "--set", "host_name=" + host}).exit_code, 0);
  };
  take(page("host_name", ""));
  rename(*seen.begin(), "ZZZ-1");
  rename("TSM-00700", "AAA-1");
  take(page("host_name", token));
  EXPECT_EQ(page("note", token).devices_size(), 0);
  while (!token.empty()) take(page("host_name", token));
  for (const std::string& tag : std::set<std::string>(seen.begin(), seen.end())) {
    EXPECT_EQ(seen.count(tag), 1U) << tag;
  }
  EXPECT_EQ(seen.size(), 700U);
}

// A token is sealed with a key of the process.
TEST_F(Inventory, APageTokenEndsWithTheDaemonThatMadeIt) {
  const auto list = [&](const std::string& token, v1::ListDevicesResponse& response) {
    grpc::ClientContext context;
    daemon_.Authorize(context);
    v1::ListDevicesRequest request;
    request.set_page_token(token);
    return v1::InventoryService::NewStub(daemon_.channel())
        ->ListDevices(&context, request, &response);
  };
  v1::ListDevicesResponse first;
  ASSERT_TRUE(list("", first).ok());
  v1::ListDevicesResponse second;
  EXPECT_TRUE(list(first.next_page_token(), second).ok());
  daemon_.Stop();
  daemon_.Start();
  EXPECT_THAT(OutcomeOf(list(first.next_page_token(), second)), InvalidAt({"page_token"}));
}

TEST_F(Inventory, FiltersReadEveryFieldTheyName) {
  const auto count = [&](const std::string& filter) {
    const ProgramResult list = daemon_.Run({"device", "list", "--filter", filter, "-o", "name"});
    EXPECT_EQ(list.exit_code, 0) << list.err;
    return std::count(list.out.begin(), list.out.end(), '\n');
  };
  ASSERT_EQ(daemon_.Run({"device", "update", "TSM-00005", "--set", "labels.bundle=B-1"}).exit_code,
            0);
  EXPECT_EQ(count("labels.bundle = B-1"), 1);
  EXPECT_EQ(count("labels.bundle != B-1"), 699);
  EXPECT_EQ(count("auth_method = IC_CARD_AND_PASSWORD"), 700);
  EXPECT_EQ(count("asset_tag <= TSM-00010"), 10);
  EXPECT_EQ(count("asset_tag > TSM-00010 AND asset_tag < TSM-00013"), 2);
  EXPECT_EQ(count("NOT (asset_tag = TSM-00001 OR asset_tag = TSM-00002)"), 698);
  EXPECT_EQ(count("inventoried_on >= 1900-01-01") + count("NOT inventoried_on >= 1900-01-01"), 700);
  EXPECT_GT(count("users.name : 髙橋"), 0);
  EXPECT_EQ(count("users.kana : たかはし"), count("users.kana : ﾀｶﾊｼ"));
  EXPECT_EQ(count("host_name : ｐｃ００１２３"), 1);
  EXPECT_EQ(count("department : 総務部"), count("department : \"総務部\""));
  EXPECT_EQ(count("department : 総務"), 0);
}

TEST_F(Inventory, WhatAListCannotReadIsRefused) {
  const auto refused = [&](const std::string& flag, const std::string& value) {
    return Try(daemon_, {"device", "list", flag, value});
  };
  const std::map<std::string, std::string> positions = {{"kind = BOSS_TERMINAL", "8"},
                                                        {"auth_method = FACE", "15"},
                                                        {"部署 = 総務部", "1"},
                                                        {"note = 備考 XOR note = y", "11"},
                                                        {"note = \"x", "10"}};
  for (const auto& [filter, position] : positions) {
    const Outcome outcome = refused("--filter", filter);
    EXPECT_THAT(outcome, InvalidAt({"filter"}));
    EXPECT_EQ(outcome.metadata.at("position"), position) << filter;
  }
  EXPECT_THAT(refused("--filter", std::string(60, '(') + "kind = SPARE"), InvalidAt({"filter"}));
  EXPECT_THAT(refused("--filter", std::string(5000, 'a')), InvalidAt({"filter"}));
  EXPECT_THAT(refused("--order-by", "note sideways"), InvalidAt({"order_by"}));
  EXPECT_THAT(refused("--as-of", "2025-02-30"), InvalidAt({"as_of"}));
}

TEST_F(Inventory, ListsComeInTheOrderAskedFor) {
  const std::string list =
      daemon_.Run({"device", "list", "--order-by", "host_name desc", "-o", "name"}).out;
  EXPECT_EQ(list.find("devices/TSM-00700"), 0U);
  EXPECT_EQ(std::count(list.begin(), list.end(), '\n'), 700);
  EXPECT_THAT(Try(daemon_, {"device", "list", "--order-by", "colour"}), InvalidAt({"order_by"}));
}

}  // namespace
}  // namespace kirikae::testing
