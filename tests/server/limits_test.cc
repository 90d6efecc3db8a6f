// Nobody stops the service for others: each limit is tried by a caller who wants more.
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "kirikae/v1/access_service.grpc.pb.h"
#include "kirikae/v1/import_service.grpc.pb.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"
#include "tests/support/answer.h"
#include "tests/support/any_call.h"
#include "tests/support/daemon.h"
#include "tests/support/http2_frames.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;
using Code = grpc::StatusCode;
using Clock = std::chrono::steady_clock;

std::string ReasonOf(const grpc::Status& status) { return OutcomeOf(status).reason; }

grpc::Status WhoAmI(const Daemon& daemon, const std::string& token = "") {
  grpc::ClientContext context;
  daemon.Authorize(context, token);
  v1::WhoAmIResponse me;
  return v1::AccessService::NewStub(daemon.channel())->WhoAmI(&context, {}, &me);
}

TEST(Limits, APageTokenThatTheServiceDidNotMakeIsRefusedByEveryRpcThatTakesOne) {
  Daemon daemon;
  std::vector<std::string> forged = {"AAAA", "x", std::string(100'000, 'A')};
  for (const char* position : {"-5", "0", "9223372036854775807", "1:-1", "-1:0"}) {
    for (const size_t seal : {0U, 8U, 32U, 64U}) {
      forged.push_back(absl::WebSafeBase64Escape(std::string(seal, '0') + position));
    }
  }
  int tried = 0;
  for (const auto* const method : ServedMethods(daemon.channel())) {
    const auto* const field = method->input_type()->FindFieldByName("page_token");
    if (field == nullptr) continue;
    ++tried;
    for (const std::string& token : forged) {
      auto request = std::unique_ptr<google::protobuf::Message>(
          google::protobuf::MessageFactory::generated_factory()
              ->GetPrototype(method->input_type())
              ->New());
      request->GetReflection()->SetString(request.get(), field, token);
      if (const auto* const parent = method->input_type()->FindFieldByName("parent")) {
        const bool of_import = method->name() == "ListImportRows";
        request->GetReflection()->SetString(request.get(), parent,
                                            of_import ? "imports/1" : "devices/X");
      }
      const AnyAnswer answer =
          CallAny(daemon.channel(), "/" + method->service()->full_name() + "/" + method->name(),
                  "Bearer " + daemon.admin_token(), request->SerializeAsString());
      EXPECT_THAT(answer.status.error_code(),
                  ::testing::AnyOf(Code::INVALID_ARGUMENT, Code::NOT_FOUND))
          << method->full_name() << " took " << token.substr(0, 40);
    }
  }
  EXPECT_GE(tried, 8);
  EXPECT_TRUE(WhoAmI(daemon).ok());
}

TEST(Limits, OneCallerHasTwentyWatchesAndOthersHaveTheirs) {
  Daemon daemon;
  ImportSampleWard(daemon);
  ApproveSamplePlan(daemon);
  const std::string viewer = daemon.NewToken("viewer");
  const std::string another = daemon.NewToken("viewer");
  const auto stub = v1::RolloutService::NewStub(daemon.channel());
  struct Watch {
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientReader<v1::RolloutEvent>> reader;
  };
  const auto begin = [&](const std::string& token, Watch& watch) {
    daemon.Authorize(watch.context, token);
    v1::WatchRolloutRequest request;
    request.set_name("rollouts/face2025");
    watch.reader = stub->WatchRollout(&watch.context, request);
    v1::RolloutEvent first;
    return watch.reader->Read(&first);
  };
  std::vector<std::unique_ptr<Watch>> watches;
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(begin(viewer, *watches.emplace_back(std::make_unique<Watch>()))) << i;
  }
  Watch beyond;
  EXPECT_FALSE(begin(viewer, beyond));
  EXPECT_EQ(ReasonOf(beyond.reader->Finish()), "TOO_MANY_OF_ONE_CALLER");
  Watch others;
  EXPECT_TRUE(begin(another, others));
  others.context.TryCancel();
  for (const auto& watch : watches) watch->context.TryCancel();
}

// Once, a watch that was refused slowly and left meanwhile ended twice, which ended the daemon.
TEST(Limits, ARefusedWatchWhoseCallerLeavesHarmsNobody) {
  Daemon daemon;
  const auto stub = v1::RolloutService::NewStub(daemon.channel());
  for (int i = 0; i < 30; ++i) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer wrong");
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(50));
    v1::WatchRolloutRequest request;
    request.set_name("rollouts/face2025");
    const auto reader = stub->WatchRollout(&context, request);
    v1::RolloutEvent event;
    EXPECT_FALSE(reader->Read(&event));
    EXPECT_FALSE(reader->Finish().ok());
  }
  EXPECT_TRUE(WhoAmI(daemon).ok());
  EXPECT_EQ(daemon.Stop().exit_code, 0);
}

TEST(Tokens, AreListedWithTheHourOfTheirLastUseAlsoAfterARestart) {
  Daemon daemon;
  const std::string viewer = daemon.NewToken("viewer");
  const std::string unused = daemon.NewToken("viewer");
  ASSERT_TRUE(WhoAmI(daemon, viewer).ok());
  const auto uses = [&] {
    grpc::ClientContext context;
    daemon.Authorize(context);
    v1::ListTokensResponse tokens;
    EXPECT_TRUE(
        v1::AccessService::NewStub(daemon.channel())->ListTokens(&context, {}, &tokens).ok());
    std::vector<std::string> times;
    for (const v1::Token& token : tokens.tokens()) times.push_back(token.last_use_time());
    return times;
  };
  const std::vector<std::string> expected = {"2025-04-01T00:00:00Z", "2025-04-01T00:00:00Z", ""};
  EXPECT_EQ(uses(), expected);
  EXPECT_EQ(daemon.Stop().exit_code, 0);
  daemon.Start();
  EXPECT_EQ(uses(), expected);
}

TEST(Limits, ARevokedTokensWatchEnds) {
  Daemon daemon;
  ImportSampleWard(daemon);
  ApproveSamplePlan(daemon);
  const std::string viewer = daemon.NewToken("viewer");
  const auto stub = v1::RolloutService::NewStub(daemon.channel());
  grpc::ClientContext context;
  daemon.Authorize(context, viewer);
  v1::WatchRolloutRequest request;
  request.set_name("rollouts/face2025");
  const auto reader = stub->WatchRollout(&context, request);
  v1::RolloutEvent event;
  ASSERT_TRUE(reader->Read(&event));
  ASSERT_EQ(daemon.Run({"token", "revoke", "2"}).exit_code, 0);
  while (reader->Read(&event)) {
  }
  EXPECT_NE(reader->Finish().error_code(), Code::DEADLINE_EXCEEDED);
  EXPECT_EQ(WhoAmI(daemon, viewer).error_code(), Code::UNAUTHENTICATED);
}

class Uploads : public ::testing::Test {
 protected:
  // Sends a file; the header's size and hash as given.
  grpc::Status Send(int64_t size, const std::string& sha256, const std::string& content) {
    grpc::ClientContext context;
    daemon_.Authorize(context);
    v1::Import preview;
    const auto writer = stub_->PreviewImport(&context, &preview);
    v1::PreviewImportRequest part;
    part.mutable_header()->set_kind(v1::IMPORT_KIND_STAFF);
    part.mutable_header()->set_file_size(size);
    part.mutable_header()->set_sha256(sha256);
    writer->Write(part);
    part.set_chunk(content);
    writer->Write(part);
    writer->WritesDone();
    return writer->Finish();
  }
  int PreviewsStored() {
    const ProgramResult result = daemon_.Run({"import", "show", "1"});
    return result.exit_code == 3 ? 0 : 1;
  }

  Daemon daemon_;
  std::unique_ptr<v1::ImportService::Stub> stub_ = v1::ImportService::NewStub(daemon_.channel());
};

TEST_F(Uploads, AFileThatDoesNotArriveAsItsHeaderSaysIsRefusedWhole) {
  const std::string content = "職員番号,氏名\n0100001,豊島　太郎\n";
  const auto size = static_cast<int64_t>(content.size());
  EXPECT_THAT(OutcomeOf(Send(size + 1, std::string(64, '0'), content)),
              InvalidAt({"header.file_size"}));
  EXPECT_THAT(OutcomeOf(Send(size, std::string(64, '0'), content)), InvalidAt({"header.sha256"}));
  EXPECT_THAT(OutcomeOf(Send(size, "", content)), InvalidAt({"header.sha256"}));
  EXPECT_EQ(PreviewsStored(), 0);
}

TEST_F(Uploads, ACancelledOneLeavesNothing) {
  {
    grpc::ClientContext context;
    daemon_.Authorize(context);
    v1::Import preview;
    const auto writer = stub_->PreviewImport(&context, &preview);
    v1::PreviewImportRequest part;
    part.mutable_header()->set_kind(v1::IMPORT_KIND_STAFF);
    part.mutable_header()->set_file_size(1000);
    part.mutable_header()->set_sha256(std::string(64, '0'));
    writer->Write(part);
    part.set_chunk("職員番号,氏名\n");
    writer->Write(part);
    context.TryCancel();
    writer->Finish();
  }
  EXPECT_EQ(PreviewsStored(), 0);
  EXPECT_TRUE(WhoAmI(daemon_).ok());
}

// A call of a stream whose only message is no message of its kind.
grpc::Status SendNonsense(Daemon& daemon, const std::string& method) {
  grpc::GenericStub stub(daemon.channel());
  grpc::ClientContext context;
  daemon.Authorize(context);
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareCall(&context, method, &queue);
  void* tag = nullptr;
  bool ok = false;
  call->StartCall(nullptr);
  queue.Next(&tag, &ok);
  const grpc::Slice slice("\xff\xff nonsense");
  call->WriteLast(grpc::ByteBuffer(&slice, 1), {}, nullptr);
  queue.Next(&tag, &ok);
  grpc::Status status;
  call->Finish(&status, nullptr);
  queue.Next(&tag, &ok);
  return status;
}

TEST_F(Uploads, AMessageThatCantBeReadIsRefusedByName) {
  for (const char* const method :
       {"ImportService/PreviewImport", "PlanningService/SolvePlanInParts"}) {
    EXPECT_EQ(ReasonOf(SendNonsense(daemon_, std::string("/kirikae.v1.") + method)), "BAD_MESSAGE")
        << method;
  }
  EXPECT_EQ(PreviewsStored(), 0);
}

TEST_F(Uploads, ACallerSendsOneFileAtATime) {
  // Of two that overlap, the one that comes second is refused, whichever that is.
  std::string reason;
  for (int i = 0; i < 100 && reason != "TOO_MANY_OF_ONE_CALLER"; ++i) {
    grpc::ClientContext context;
    daemon_.Authorize(context);
    v1::Import preview;
    const auto writer = stub_->PreviewImport(&context, &preview);
    v1::PreviewImportRequest part;
    part.mutable_header()->set_kind(v1::IMPORT_KIND_STAFF);
    part.mutable_header()->set_file_size(1000);
    part.mutable_header()->set_sha256(std::string(64, '0'));
    writer->Write(part);
    reason = ReasonOf(Send(10, std::string(64, '0'), "x"));
    writer->WritesDone();
    const std::string other = ReasonOf(writer->Finish());
    if (other == "TOO_MANY_OF_ONE_CALLER") reason = other;
  }
  EXPECT_EQ(reason, "TOO_MANY_OF_ONE_CALLER");
}

// A connection that says nothing.
int Connect(const std::string& address) {
  const int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(file, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0) return file;
  close(file);
  return -1;
}

TEST(Connections, ThoseThatSayNothingKeepNobodyOut) {
  Daemon daemon({"--now", kTestDay, "--connections", "50"});
  constexpr int kSilent = 200;
  std::vector<int> silent;
  silent.reserve(kSilent);
  for (int i = 0; i < kSilent; ++i) silent.push_back(Connect(daemon.address()));
  for (int i = 0; i < 5; ++i) {
    grpc::ChannelArguments own;
    own.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    const auto channel =
        grpc::CreateCustomChannel(daemon.address(), grpc::InsecureChannelCredentials(), own);
    grpc::ClientContext context;
    daemon.Authorize(context);
    v1::WhoAmIResponse me;
    const grpc::Status status = v1::AccessService::NewStub(channel)->WhoAmI(&context, {}, &me);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
  for (const int file : silent) {
    if (file >= 0) close(file);
  }
}

// A thousand devices with all that they may hold are more than a message may hold.
// A client that sends without end what `part` makes, until it is cut off or has sent `most` bytes.
// Whether it was cut off.
template <typename Part>
bool IsCutOff(const Daemon& daemon, size_t most, const Part& part) {
  const int file = Connect(daemon.address());
  std::string bytes = Opening();
  size_t sent = 0;
  bool open = true;
  while (open && sent < most) {
    while (bytes.size() < 16'384) bytes += part();
    open =
        send(file, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
    sent += bytes.size();
    bytes.clear();
    std::array<char, 4096> answer{};
    while (recv(file, answer.data(), answer.size(), MSG_DONTWAIT) > 0) {
    }
  }
  close(file);
  return !open;
}

// Whether whoever comes from here is turned away.
bool IsAway(const Daemon& daemon) {
  const int file = Connect(daemon.address());
  char byte = 0;
  const bool away = recv(file, &byte, 1, 0) <= 0;
  close(file);
  return away;
}

// Once, four such clients took 13 GiB in fifteen seconds, and nobody else was answered.
TEST(Connections, WhoResetsCallsAsFastAsTheyAreSentIsCutOff) {
  Daemon daemon;
  ASSERT_TRUE(WhoAmI(daemon).ok());
  uint32_t stream = 1;
  EXPECT_TRUE(IsCutOff(daemon, size_t{1} << 30U, [&stream] {
    return CallAndReset("/kirikae.v1.InventoryService/ListDevices", "nobody's", "",
                        std::exchange(stream, stream + 2));
  })) << stream;
  EXPECT_TRUE(WhoAmI(daemon).ok()) << "who was there before is served";
  EXPECT_TRUE(IsAway(daemon));
  EXPECT_THAT(daemon.Stop().err,
              HasSubstr("calls reset as fast as they are sent address=127.0.0.1"));
}

// Once, the service did not end while such a client was there.
TEST(Connections, WhoSendsFramesThatAskForNothingIsCutOff) {
  Daemon daemon;
  ASSERT_TRUE(WhoAmI(daemon).ok());
  EXPECT_TRUE(IsCutOff(daemon, size_t{2} << 30U,
                       [] { return Frame(kWindowUpdate, kNone, 0, Number(1, 4)); }));
  EXPECT_TRUE(WhoAmI(daemon).ok()) << "who was there before is served";
  EXPECT_TRUE(IsAway(daemon));
  EXPECT_THAT(daemon.Stop().err, HasSubstr("more bytes than calls can need address=127.0.0.1"));
}

TEST(Pages, EndBeforeTheyAreTooLargeForAMessage) {
  Daemon daemon;
  const TemporaryFolder folder;
  std::string list = "資産管理番号,備考,機種,OS\n";
  std::string text;
  for (int i = 0; i < 500; ++i) text += "備";
  for (int i = 10000; i < 11000; ++i) {
    list += "B-" + std::to_string(i) + "," + text + "," + text + "," + text + "\n";
  }
  WriteFile(folder / "devices.csv", list);
  ASSERT_EQ(daemon.Run({"import", "devices", folder / "devices.csv", "--apply", "--yes"}).exit_code,
            0);
  const auto stub = v1::InventoryService::NewStub(daemon.channel());
  v1::ListDevicesRequest request;
  request.set_page_size(1000);
  std::vector<std::string> tags;
  int pages = 0;
  do {
    grpc::ClientContext context;
    daemon.Authorize(context);
    v1::ListDevicesResponse page;
    const grpc::Status status = stub->ListDevices(&context, request, &page);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_LE(page.ByteSizeLong(), size_t{3} << 20U);
    EXPECT_GT(page.devices_size(), 100) << "a page is not much smaller than it need be";
    for (const v1::Device& device : page.devices()) tags.push_back(device.asset_tag());
    request.set_page_token(page.next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_GE(pages, 2);
  ASSERT_EQ(tags.size(), 1000U) << "none is skipped";
  EXPECT_EQ(tags.front(), "B-10000");
  EXPECT_EQ(tags.back(), "B-10999");
  EXPECT_TRUE(std::is_sorted(tags.begin(), tags.end())) << "none is repeated";
}

TEST(Previews, OnesLastFiveAreKeptForADay) {
  Daemon daemon;
  const TemporaryFolder folder;
  WriteFile(folder / "staff.csv", "職員番号,氏名\n0100001,豊島　太郎\n");
  const std::string other = daemon.NewToken("planner");
  const std::vector<std::string> preview = {"import", "staff", folder / "staff.csv", "-o", "name"};
  const ProgramResult first = daemon.Run(preview);
  const ProgramResult of_another = daemon.RunAs(other, preview);
  std::string last;
  for (int i = 0; i < 5; ++i) last = daemon.Run(preview).out;
  const auto show = [&](std::string name) {
    name.resize(name.find('\n'));
    return Try(daemon, {"import", "show", name});
  };
  EXPECT_THAT(show(first.out), Fails(4, "IMPORT_EXPIRED"));
  EXPECT_EQ(show(of_another.out).exit_code, 0);
  EXPECT_EQ(show(last).exit_code, 0);
  EXPECT_EQ(daemon.Stop().exit_code, 0);
  daemon.Start({"--now", "2025-04-02T10:00:00+09:00"});
  EXPECT_THAT(show(last), Fails(4, "IMPORT_EXPIRED"));
  EXPECT_THAT(Try(daemon, {"import", "apply", last.substr(0, last.find('\n')), "--yes"}),
              Fails(4, "IMPORT_EXPIRED"));
}

// A faulty list of sixteen megabytes once took 887 MB of memory.
TEST(Previews, ProblemsBeyondTenThousandAreOnlyCounted) {
  Daemon daemon;
  const TemporaryFolder folder;
  std::string list = "資産管理番号,カメラ,認証方式\n";
  for (int i = 10000; i < 22000; ++i) list += "C-" + std::to_string(i) + ",望遠鏡,合言葉\n";
  WriteFile(folder / "devices.csv", list);
  const ProgramResult result =
      daemon.Run({"import", "devices", folder / "devices.csv", "-o", "json"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_THAT(result.out, ::testing::HasSubstr("\"problemCount\": 24000"));
  EXPECT_THAT(result.out, ::testing::HasSubstr("\"errors\": 12000"));
}

TEST(Filters, ThoseThatCompareTooOftenAreRefused) {
  Daemon daemon;
  std::string filter = "model : \"a\"";
  for (int i = 0; i < 50; ++i) filter += " OR model : \"a\"";
  EXPECT_THAT(Try(daemon, {"device", "list", "--filter", filter}), Fails(7, "INVALID_REQUEST"));
}

TEST(Times, FromCallersAreOfThisCenturyAndWrittenWithFourDigits) {
  Daemon daemon;
  ImportSampleWard(daemon);
  ApproveSamplePlan(daemon);
  for (const char* when :
       {"0025-04-14T09:00:00+09:00", "infinite-past", "infinite-future", "1999-12-31T00:00:00Z",
        "-2025-04-14T09:00:00Z", "12025-04-14T09:00:00Z", "2025-04-14", "9999-01-01T00:00:00Z"}) {
    EXPECT_THAT(Try(daemon, {"mark", "migrated", "TSM-00021", "--when", when}).exit_code,
                ::testing::AnyOf(2, 7))
        << when;
  }
  EXPECT_THAT(Try(daemon, {"mark", "migrated", "TSM-00021", "--when", "2024-03-01T09:00:00+09:00"}),
              Fails(7, "TIME_BEFORE_RECORD"));
  EXPECT_THAT(Try(daemon, {"device", "correct-method", "TSM-00021", "--method", "FACE_AND_PASSWORD",
                           "--reason", "誤記", "--when", "2024-03-01T09:00:00+09:00"})
                  .exit_code,
              ::testing::AnyOf(2, 7));
  EXPECT_EQ(daemon.Run({"rollout", "progress"}).exit_code, 0);
}

TEST(WrongTokens, AreAnsweredMoreSlowlyAndAValidOneIsNot) {
  Daemon daemon;
  for (int i = 0; i < 8; ++i)
    EXPECT_EQ(WhoAmI(daemon, "wrong").error_code(), Code::UNAUTHENTICATED);
  const auto begin = Clock::now();
  EXPECT_EQ(WhoAmI(daemon, "wrong").error_code(), Code::UNAUTHENTICATED);
  EXPECT_GT(Clock::now() - begin, std::chrono::milliseconds(500));
  EXPECT_TRUE(WhoAmI(daemon).ok());
  EXPECT_THAT(daemon.Stop().err, ::testing::HasSubstr("wrong tokens address=ipv4:127.0.0.1"));
}

}  // namespace
}  // namespace kirikae::testing
