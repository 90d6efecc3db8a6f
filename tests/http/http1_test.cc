#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/http/site.h"
#include "tests/http/socket_client.h"
#include "tests/support/program.h"

namespace kirikae::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// A request with a Host, and these lines and this body behind it.
std::string Request(const std::string& first, const std::string& lines = "",
                    const std::string& body = "") {
  return first + " HTTP/1.1\r\nHost: ward.example\r\n" + lines + "\r\n" + body;
}

TEST(Http1, AnswersWithTheFactsOfTheRequest) {
  Site site;
  SocketClient client(site.address());
  client.Send(Request("POST /echo?a=b", "X-A: 1\r\nContent-Length: 5\r\n", "hello"));
  const std::string answer = client.ReadAnswer();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\ndate: "));
  EXPECT_THAT(answer, HasSubstr("\r\ncontent-type: text/plain\r\n"));
  EXPECT_THAT(answer, Not(HasSubstr("connection:")));
  EXPECT_EQ(BodyOf(answer),
            "POST /echo a=b\nward.example\nipv4:127.0.0.1 local 11 \n"
            "host=ward.example\nx-a=1\ncontent-length=5\n\nhello");
}

TEST(Http1, AnswersOnAUnixSocket) {
  const TemporaryFolder folder;
  http::Options options;
  options.address = "unix:" + (folder / "http");
  {
    Site site(options);
    EXPECT_EQ(site.address(), options.address);
    SocketClient client(site.address());
    client.Send(Request("GET /echo"));
    EXPECT_THAT(client.ReadAnswer(), HasSubstr("\nunix local 11 \n"));
  }
  EXPECT_FALSE(SocketClient(options.address).connected());
  EXPECT_NE(access((folder / "http").c_str(), F_OK), 0) << "the socket is removed";
}

TEST(Http1, APortThatIsServedIsRefused) {
  Site site;
  http::Options options;
  for (const std::string& address :
       {site.address(), std::string("127.0.0.1"), std::string("nowhere:"), std::string("unix:"),
        std::string("127.0.0.1:70000"), std::string("[::1:80"), std::string(":80")}) {
    options.address = address;
    const auto second = http::Server::Start(options, nullptr);
    ASSERT_FALSE(second.ok()) << address;
    EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(second.status().message()), HasSubstr(address));
  }
}

TEST(Http1, AnswersOneRequestAfterAnotherOnAConnection) {
  Site site;
  SocketClient client(site.address());
  for (int i = 0; i < 3; ++i) {
    client.Send(Request("GET /plain"));
    EXPECT_EQ(BodyOf(client.ReadAnswer()), "plain");
  }
  EXPECT_EQ(site.server().connections(), 1U);
}

TEST(Http1, AnswersRequestsThatComeTogetherInTheirOrder) {
  Site site;
  SocketClient client(site.address());
  client.Send(Request("POST /echo", "Content-Length: 3\r\n", "one") + Request("GET /thread") +
              "\r\n" +
              Request("POST /echo", "Transfer-Encoding: chunked\r\n", "3\r\ntwo\r\n0\r\n\r\n") +
              Request("GET /stream?2") + Request("GET /plain", "Connection: close\r\n"));
  const std::string all = client.ReadAll();
  const std::vector<std::string> order = {
      "\n\none", "HTTP/1.1 200", "from a thread",         "0\r\n\r\nHTTP/1.1 200",
      "\n\ntwo", "ssss",         "0\r\n\r\nHTTP/1.1 200", "connection: close\r\n\r\nplain"};
  size_t at = 0;
  for (const std::string& part : order) {
    at = all.find(part, at);
    ASSERT_NE(at, std::string::npos) << part << " in " << all;
  }
}

TEST(Http1, ALongRequestMayComeByteByByte) {
  Site site;
  SocketClient client(site.address());
  for (const char c :
       Request("POST /echo", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n")) {
    client.Send({&c, 1});
  }
  EXPECT_THAT(client.ReadAnswer(), EndsWith("\n\nhello"));
}

TEST(Http1, ABodyOfMegabytesIsEchoed) {
  Site site;
  SocketClient client(site.address());
  const std::string body(3'000'000, 'b');
  client.Send(Request("POST /echo", "Content-Length: 3000000\r\n"));
  std::thread sender([&] { client.Send(body); });
  const std::string answer = client.ReadAnswer();
  sender.join();
  EXPECT_THAT(BodyOf(answer), EndsWith("\n\n" + body));
}

struct Ending {
  std::string what;
  std::string request;
  bool closes;
};

TEST(Http1, ClosesWhenTheClientWantsIt) {
  Site site;
  const std::vector<Ending> rows = {
      {"HTTP/1.1", Request("GET /plain"), false},
      {"close", Request("GET /plain", "Connection: close\r\n"), true},
      {"close in a list", Request("GET /plain", "Connection: x, Close\r\n"), true},
      {"HTTP/1.0", "GET /plain HTTP/1.0\r\n\r\n", true},
      {"HTTP/1.0 that wants to stay", "GET /plain HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
       true},
      {"a body that is not read but is there",
       Request("POST /plain", "Content-Length: 5\r\n", "hello"), false},
      {"a body that is not read and does not come", Request("POST /plain", "Content-Length: 5\r\n"),
       true},
      {"chunks that are not read but are there",
       Request("POST /plain", "Transfer-Encoding: chunked\r\n", "1\r\na\r\n0\r\n\r\n"), false},
      {"chunks that do not end",
       Request("POST /plain", "Transfer-Encoding: chunked\r\n", "1\r\na\r\n"), true},
  };
  for (const Ending& row : rows) {
    SocketClient client(site.address());
    client.Send(row.request);
    const std::string answer = client.ReadAnswer();
    EXPECT_EQ(BodyOf(answer), "plain") << row.what;
    EXPECT_EQ(answer.find("connection: close") != std::string::npos, row.closes) << row.what;
    if (row.closes) {
      EXPECT_EQ(client.ReadAll(), "") << row.what;
      EXPECT_FALSE(client.was_reset()) << row.what;
    } else {
      client.Send(Request("GET /plain"));
      EXPECT_EQ(BodyOf(client.ReadAnswer()), "plain") << row.what;
    }
  }
}

// What is no request is answered and the connection closed, so that what follows is not taken for
// one; the reader's own test has the table of heads.
TEST(Http1, RefusesWhatIsNoRequestAndCloses) {
  Site site;
  struct Row {
    std::string request;
    int status;
  };
  const std::vector<Row> rows = {
      {"nonsense\r\n\r\n", 400},
      {"GET / HTTP/1.1\n\n", 400},
      {Request("POST /echo", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
      {Request("POST /echo", "Transfer-Encoding: gzip\r\n"), 501},
      {Request("CONNECT ward.example:443"), 501},
      {"GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505},
      {Request("GET /", "X: " + std::string(16'384, 'x') + "\r\n"), 431},
      {"GET /" + std::string(16'384, 'x'), 431},
      {Request("POST /echo", "Content-Length: 4194305\r\n"), 413},
      {Request("POST /echo", "Transfer-Encoding: chunked\r\n", "x\r\n"), 400},
      {Request("POST /echo", "Transfer-Encoding: chunked\r\n", std::string(20'000, '1')), 400},
      {Request("POST /echo", "Expect: tea\r\n"), 417},
  };
  for (const Row& row : rows) {
    SocketClient client(site.address());
    client.Send(row.request + Request("GET /plain"));
    const std::string all = client.ReadAll();
    EXPECT_EQ(StatusOf(all), row.status) << row.request;
    EXPECT_THAT(all, HasSubstr("connection: close\r\n")) << row.request;
    EXPECT_THAT(all, EndsWith("\r\n\r\n" + std::to_string(row.status) +
                              all.substr(12, all.find("\r\n") - 12) + "\n"))
        << "nothing behind it: " << row.request;
  }
  EXPECT_EQ(site.Count("begin /plain"), 0);
}

TEST(Http1, ABodyThatGrowsBeyondItsLimitIsRefused) {
  http::Options options;
  options.body_limit = [](const http::Request& request) {
    return request.path == "/echo" ? size_t{10} : size_t{1'000};
  };
  Site site(options);
  SocketClient client(site.address());
  client.Send(Request("POST /echo", "Transfer-Encoding: chunked\r\n",
                      "8\r\n12345678\r\n3\r\nabc\r\n0\r\n\r\n"));
  EXPECT_EQ(StatusOf(client.ReadAll()), 413);
  EXPECT_TRUE(site.Saw("closed /echo"));
  SocketClient of_the_limit(site.address());
  of_the_limit.Send(Request("POST /echo", "Content-Length: 10\r\n", "0123456789"));
  EXPECT_THAT(of_the_limit.ReadAnswer(), EndsWith("\n\n0123456789"));
  SocketClient with_length(site.address());
  with_length.Send(Request("POST /echo", "Content-Length: 11\r\n"));
  EXPECT_EQ(StatusOf(with_length.ReadAll()), 413);
}

TEST(Http1, SaysContinueOnlyWhenTheBodyIsWanted) {
  Site site;
  const std::string lines = "Expect: 100-continue\r\nContent-Length: 5\r\n";
  SocketClient client(site.address());
  client.Send(Request("POST /echo", lines));
  EXPECT_EQ(client.ReadUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.Send("hello");
  EXPECT_THAT(client.ReadAnswer(), AllOf(StartsWith("HTTP/1.1 200 "), EndsWith("\n\nhello")));
  client.Send(Request("POST /plain", lines));
  EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.1 200 "));
  SocketClient hasty(site.address());
  hasty.Send(Request("POST /echo", lines, "hello"));
  EXPECT_THAT(hasty.ReadAnswer(), AllOf(StartsWith("HTTP/1.1 200 "), EndsWith("\n\nhello")));
}

TEST(Http1, SendsAnAnswerOfUnknownLengthInChunks) {
  Site site;
  SocketClient client(site.address());
  client.Send(Request("GET /stream?2"));
  const std::string head = client.ReadUntil("\r\n\r\n");
  EXPECT_THAT(head, HasSubstr("\r\ntransfer-encoding: chunked\r\n"));
  const std::string chunk = "3e8\r\n" + std::string(1'000, 's') + "\r\n";
  EXPECT_EQ(client.ReadUntil("0\r\n\r\n"), chunk + chunk + "0\r\n\r\n");
  client.Send(Request("GET /plain"));
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "plain");
}

TEST(Http1, SendsAnOldClientAnAnswerOfUnknownLengthToTheEnd) {
  Site site;
  SocketClient client(site.address());
  client.Send("GET /stream?2 HTTP/1.0\r\n\r\n");
  const std::string all = client.ReadAll();
  EXPECT_EQ(BodyOf(all), std::string(2'000, 's'));
  EXPECT_THAT(all, Not(HasSubstr("chunked")));
  EXPECT_FALSE(client.was_reset());
}

TEST(Http1, AnAnswerWithoutABodyHasNone) {
  Site site;
  SocketClient client(site.address());
  client.Send(Request("HEAD /plain"));
  const std::string head = client.ReadUntil("\r\n\r\n");
  EXPECT_THAT(head, HasSubstr("content-length: 5\r\n"));
  client.Send(Request("HEAD /stream?2"));
  EXPECT_THAT(client.ReadUntil("\r\n\r\n"), HasSubstr("transfer-encoding: chunked\r\n"));
  client.Send(Request("GET /empty"));
  const std::string empty = client.ReadUntil("\r\n\r\n");
  EXPECT_THAT(empty, StartsWith("HTTP/1.1 204 No Content\r\n"));
  EXPECT_THAT(empty, Not(HasSubstr("content-length")));
  client.Send(Request("GET /plain"));
  EXPECT_THAT(client.ReadAnswer(), AllOf(StartsWith("HTTP/1.1 200 "), EndsWith("\r\n\r\nplain")));
}

TEST(Http1, AHandlerCannotWriteTheEnginesFieldsOrSplitItsAnswer) {
  Site site;
  SocketClient client(site.address());
  client.Send(Request("GET /fields"));
  const std::string answer = client.ReadAnswer();
  EXPECT_THAT(answer, HasSubstr("\r\nx-split: a  x-own: b\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nset-cookie: one\r\nset-cookie: two\r\n"));
  for (const char* none : {"bad name", "connection", "transfer-encoding"}) {
    EXPECT_THAT(answer, Not(HasSubstr(none)));
  }
}

TEST(Http1, AnAnswerShorterOrLongerThanItsLengthEndsBroken) {
  Site site;
  for (const auto& [query, body] : std::vector<std::pair<std::string, std::string>>{
           {"0123456789", "0123456789"}, {"short", "short"}, {"0123456789more", ""}}) {
    SocketClient client(site.address());
    client.Send(Request("GET /length?" + query, "Connection: close\r\n"));
    EXPECT_EQ(BodyOf(client.ReadAll()), body);
  }
}

TEST(Http1, AnAbortedAnswerIsSeenNotToBeWhole) {
  Site site;
  SocketClient client(site.address());
  client.Send(Request("GET /part"));
  const std::string all = client.ReadAll();
  EXPECT_THAT(all, Not(HasSubstr("0\r\n\r\n")));
  SocketClient old(site.address());
  old.Send("GET /part HTTP/1.0\r\n\r\n");
  old.ReadAll();
  EXPECT_TRUE(old.was_reset()) << "its end would be taken for the answer's";
  EXPECT_TRUE(site.Saw("destroyed /part", 2));
  EXPECT_EQ(site.Count("closed /part"), 0) << "the handler knows";
}

TEST(Http1, AHandlerIsToldWhenTheClientLeaves) {
  Site site;
  {
    SocketClient client(site.address());
    client.Send(Request("GET /hang"));
    ASSERT_TRUE(site.Saw("begin /hang"));
    EXPECT_EQ(site.server().streams(), 1U);
  }
  EXPECT_TRUE(site.Saw("closed /hang"));
  EXPECT_TRUE(site.Saw("destroyed /hang"));
  SocketClient client(site.address());
  client.Send(Request("GET /hang"));
  ASSERT_TRUE(site.Saw("begin /hang", 2));
  client.Reset();
  EXPECT_TRUE(site.Saw("closed /hang", 2));
  SocketClient half(site.address());
  half.Send(Request("POST /echo", "Content-Length: 5\r\n", "hel"));
  ASSERT_TRUE(site.Saw("begin /echo"));
  half.Reset();
  EXPECT_TRUE(site.Saw("closed /echo"));
  EXPECT_EQ(site.server().streams(), 0U);
}

TEST(Http1, AHandlerIsDestroyedAfterItsAnswerAndNotToldOfAnEnd) {
  Site site;
  SocketClient client(site.address());
  client.Send(Request("POST /echo", "Content-Length: 5\r\n", "hello"));
  client.ReadAnswer();
  EXPECT_TRUE(site.Saw("destroyed /echo"));
  EXPECT_EQ(site.Count("closed /echo"), 0);
}

// The kernel's buffers take some; the server keeps no more than it reads ahead.
TEST(Http1, ABodyWaitsUntilItsHandlerWantsIt) {
  Site site;
  SocketClient client(site.address());
  constexpr size_t kBytes = 4'000'000;
  client.Send(Request("POST /pieces", "Content-Length: 4000000\r\n"));
  std::thread sender([&] { client.Send(std::string(kBytes, 'b')); });
  ASSERT_TRUE(site.Saw("begin /pieces"));
  EXPECT_EQ(site.PiecesBytes(), 0U);
  size_t largest = 0;
  size_t before = 0;
  while (site.Count("end /pieces") == 0) {
    site.ReadPiece();
    site.WaitForPiece(before);
    largest = std::max(largest, site.PiecesBytes() - before);
    before = site.PiecesBytes();
  }
  sender.join();
  EXPECT_EQ(before, kBytes);
  EXPECT_LE(largest, 65'536U) << "what is buffered is bounded";
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "read");
}

TEST(Http1, AnAnswerWaitsUntilTheClientTakesIt) {
  Site site;
  SocketClient client(site.address());
  client.Send(Request("GET /many"));
  client.ReadUntil("\r\n\r\n");
  size_t taken = 0;
  do {
    taken = site.TakenBytes();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  } while (site.TakenBytes() != taken);
  EXPECT_LT(taken, 20'000'000U) << "no more than the kernel's buffers hold";
  client.ReadBytes(10'000'000);
  EXPECT_GT(site.TakenBytes(), taken);
}

TEST(Http1, AStopLetsRunningRequestsEndAndClosesTheRest) {
  http::Options options;
  options.threads = 1;  // so that all connections hear of the stop at once
  Site site(options);
  SocketClient idle(site.address());
  idle.Send(Request("GET /plain"));
  idle.ReadAnswer();
  SocketClient running(site.address());
  running.Send(Request("POST /echo", "Content-Length: 5\r\n", "hel"));
  ASSERT_TRUE(site.Saw("begin /echo"));
  SocketClient hanging(site.address());
  hanging.Send(Request("GET /hang"));
  ASSERT_TRUE(site.Saw("begin /hang"));
  std::thread stopping([&] { site.server().Stop(std::chrono::milliseconds(500)); });
  EXPECT_EQ(idle.ReadAll(), "");
  running.Send("lo");
  const std::string answer = running.ReadAll();
  EXPECT_THAT(answer, AllOf(HasSubstr("connection: close\r\n"), EndsWith("\n\nhello")));
  EXPECT_EQ(hanging.ReadAll(), "");
  stopping.join();
  EXPECT_EQ(site.Count("closed /hang"), 1);
  EXPECT_EQ(site.Count("closed /echo"), 0);
  EXPECT_FALSE(SocketClient(site.address()).connected());
  EXPECT_EQ(site.server().connections(), 0U);
}

// A handler's thread may hold the exchange for longer than the server lasts.
TEST(Http1, CallsAfterTheServersEndDoNothing) {
  std::shared_ptr<http::Exchange> kept;
  {
    http::Options options;
    options.address = "127.0.0.1:0";
    std::promise<void> begun;
    auto server = http::Server::Start(
        options, [&](const http::Request&, const std::shared_ptr<http::Exchange>& exchange) {
          kept = exchange;
          begun.set_value();
          return nullptr;
        });
    ASSERT_TRUE(server.ok());
    SocketClient client((*server)->address());
    client.Send(Request("GET /"));
    begun.get_future().wait();
  }
  kept->ReadMore();
  kept->SendHead(200, {});
  kept->Send("late", nullptr);
  kept->Finish();
  EXPECT_EQ(kept.use_count(), 1);
}

}  // namespace
}  // namespace kirikae::testing
