// Clients of HTTP/2 that make the server work for nothing, frame by frame.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/http/http2_client.h"
#include "tests/http/site.h"
#include "tests/http/socket_client.h"
#include "tests/support/http2_frames.h"

namespace kirikae::testing {
namespace {

// The fields of a GET (RFC 7541): method, scheme, path and authority, without the dynamic table.
std::string Fields(const std::string& path) {
  const std::string host = "a";
  return std::string("\x82\x86\x04") + static_cast<char>(path.size()) + path + "\x01" +
         static_cast<char>(host.size()) + host;
}

// A server that is asked by many at once ends those that flood it, with this code, and serves on.
class Flood : public ::testing::Test {
 protected:
  // Sends the bytes again and again until the server says goodbye; the code of its goodbye.
  std::optional<uint32_t> CodeAfter(const std::string& open, const std::vector<std::string>& parts,
                                    int times = 1'000) {
    SocketClient client(site_.address());
    client.Send(open);
    for (int i = 0; i < times && client.Send(parts[static_cast<size_t>(i) % parts.size()]); ++i) {
    }
    return GoodbyeIn(client.ReadAll());
  }
  // Streams 1, 3, 5… with what is made for each.
  template <typename Make>
  std::optional<uint32_t> CodeAfterStreams(Make make, uint32_t count = 1'000) {
    std::vector<std::string> parts;
    for (uint32_t i = 0; i < count; ++i) parts.push_back(make(2 * i + 1));
    return CodeAfter(Opening(), parts, static_cast<int>(count));
  }
  static std::optional<uint32_t> GoodbyeIn(const std::string& bytes) {
    constexpr size_t kHead = 9;
    constexpr char kGoAway = 7;
    const auto number = [&](size_t at, size_t size) {
      uint32_t value = 0;
      for (size_t i = 0; i < size; ++i) value = value << 8 | static_cast<uint8_t>(bytes[at + i]);
      return value;
    };
    std::optional<uint32_t> code;
    for (size_t at = 0; at + kHead <= bytes.size(); at += kHead + number(at, 3)) {
      if (bytes[at + 3] == kGoAway && at + kHead + 8 <= bytes.size()) {
        code = number(at + kHead + 4, 4);
      }
    }
    return code;
  }
  void TearDown() override {
    Http2Client client(site_.address());
    EXPECT_EQ(client.Get("/plain").body, "plain") << "others are served";
  }

  Site site_;
};

constexpr uint32_t kProtocolError = 1;
constexpr uint32_t kCalm = 11;  // ENHANCE_YOUR_CALM

TEST_F(Flood, OfPings) {
  EXPECT_EQ(CodeAfter(Opening(), {Frame(kPing, kNone, 0, "12345678")}), kCalm);
  EXPECT_TRUE(site_.Saw("http frame_flood"));
}

TEST_F(Flood, OfSettings) { EXPECT_EQ(CodeAfter(Opening(), {Frame(kSettings, kNone, 0)}), kCalm); }

TEST_F(Flood, OfPriorities) {
  EXPECT_EQ(CodeAfter(Opening(), {Frame(kPriority, kNone, 3, std::string("\0\0\0\0\x10", 5))}),
            kCalm);
}

TEST_F(Flood, OfEmptyData) {
  const std::string request = Frame(kHeaders, kEndHeaders, 1, Fields("/pieces"));
  EXPECT_EQ(CodeAfter(Opening() + request, {Frame(kData, kNone, 1)}), kCalm);
  EXPECT_TRUE(site_.Saw("closed /pieces"));
}

TEST_F(Flood, OfWindowUpdates) {
  EXPECT_EQ(CodeAfter(Opening(), {Frame(kWindowUpdate, kNone, 0, Number(1, 4))}), kCalm);
  EXPECT_TRUE(site_.Saw("http update_flood"));
}

// CVE-2023-44487.
TEST_F(Flood, OfRequestsThatAreTakenBack) {
  EXPECT_EQ(CodeAfterStreams([](uint32_t id) {
              return Frame(kHeaders, kEndHeaders | kEndStream, id, Fields("/hang")) +
                     Frame(kReset, kNone, id, Number(8, 4));
            }),
            kCalm);
  EXPECT_TRUE(site_.Saw("http reset_flood"));
  EXPECT_LE(site_.Count("begin /hang"), 400);
  EXPECT_TRUE(site_.Saw("closed /hang", site_.Count("begin /hang"))) << "each is told";
}

// CVE-2025-8671: faults that make the server reset the streams.
TEST_F(Flood, OfRequestsThatTheServerHasToReset) {
  EXPECT_EQ(CodeAfterStreams([](uint32_t id) {
              return Frame(kHeaders, kEndHeaders | kEndStream, id, Fields("/hang")) +
                     Frame(kWindowUpdate, kNone, id, Number(0x7fffffff, 4));
            }),
            kCalm);
  EXPECT_LE(site_.Count("begin /hang"), 400);
}

// CVE-2024-28182.
TEST_F(Flood, OfContinuations) {
  const std::string begin = Frame(kHeaders, kEndStream, 1, Fields("/plain"));
  EXPECT_EQ(CodeAfter(Opening() + begin, {Frame(kContinuation, kNone, 1, "")}), kProtocolError);
  EXPECT_TRUE(site_.Saw("http protocol_error"));
  EXPECT_EQ(site_.Count("begin /plain"), 0);
}

// A field of 4 KB in the dynamic table, named by one byte a time.
TEST_F(Flood, OfFieldsThatAreSmallOnTheWireOnly) {
  const std::string value(3'000, 'x');
  std::string fields = Fields("/plain") + "\x40\x01x" + "\x7f\xb9\x16" + value;
  fields += std::string(10'000, '\xbe');
  EXPECT_EQ(CodeAfter(Opening() + Frame(kHeaders, kEndHeaders | kEndStream, 1, fields), {""}, 1),
            kCalm);
  EXPECT_TRUE(site_.Saw("http header_flood"));
  EXPECT_EQ(site_.Count("begin /plain"), 0);
}

TEST_F(Flood, OfStreamsBeyondTheirNumberIsNotServed) {
  SocketClient client(site_.address());
  client.Send(Opening());
  for (uint32_t i = 0; i < 150; ++i) {
    client.Send(Frame(kHeaders, kEndHeaders | kEndStream, 2 * i + 1, Fields("/hang")));
  }
  ASSERT_TRUE(site_.Saw("begin /hang", 100));
  client.Send(Frame(kPing, kNone, 0, "the last"));
  client.ReadUntil("the last");
  EXPECT_EQ(site_.Count("begin /hang"), 100);
}

// What a browser sends about its requests is no flood.
TEST_F(Flood, IsNotWhatComesWithManyRequests) {
  SocketClient client(site_.address());
  client.Send(Opening());
  for (uint32_t i = 0; i < 1'000; ++i) {
    client.Send(Frame(kHeaders, kEndHeaders | kEndStream, 2 * i + 1, Fields("/plain")) +
                Frame(kPriority, kNone, 2 * i + 1, std::string("\0\0\0\0\x10", 5)) +
                Frame(kPing, kNone, 0, "12345678") + Frame(kWindowUpdate, kNone, 0, Number(5, 4)));
    if (i % 40 == 39) {
      const std::string ping = "batch" + std::to_string(100 + i / 40);
      client.Send(Frame(kPing, kNone, 0, ping));
      client.ReadUntil(ping);
    }
  }
  client.Send(Frame(kPing, kNone, 0, "the last"));
  EXPECT_THAT(client.ReadUntil("the last"), ::testing::EndsWith("the last"));
}

}  // namespace
}  // namespace kirikae::testing
