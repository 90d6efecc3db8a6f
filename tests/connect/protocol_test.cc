// The parts of the protocol that are functions: content types, heads, envelopes, compression.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "service/connect/base64.h"
#include "service/connect/compression.h"
#include "service/connect/content_type.h"
#include "service/connect/envelope.h"
#include "service/connect/request_head.h"
#include "service/domain/error_detail.h"

namespace kirikae::connect {
namespace {

using namespace std::string_literals;
using std::chrono::milliseconds;

std::string ReasonOf(const absl::Status& status) {
  return status.ok() ? "" : domain::DetailOf(status)->reason;
}

TEST(ContentTypes, AreTheFourOfTheProtocolWithAtMostACharset) {
  struct Case {
    std::string text;
    std::string form;  // "" = unknown
  };
  const std::vector<Case> cases = {
      {"application/json", "application/json"},
      {"application/proto", "application/proto"},
      {"application/connect+json", "application/connect+json"},
      {"application/connect+proto", "application/connect+proto"},
      {"application/json;charset=utf-8", "application/json"},
      {"Application/JSON; charset=UTF-8", "application/json"},
      {"application/connect+json ; charset=\"utf-8\"", "application/connect+json"},
      {"application/json; charset=shift_jis", ""},
      {"application/json; a=b", ""},
      {"application/grpc", ""},
      {"application/x-www-form-urlencoded", ""},
      {"text/plain", ""},
      {"", ""},
  };
  for (const Case& row : cases) {
    const std::optional<Form> form = FormOf(row.text);
    EXPECT_EQ(form.has_value() ? ContentType(*form) : "", row.form) << row.text;
  }
}

TEST(Timeouts, AreOneToTenDigitsOfMilliseconds) {
  EXPECT_EQ(*TimeoutOf(""), std::nullopt);
  EXPECT_EQ(*TimeoutOf("0"), milliseconds(0));
  EXPECT_EQ(*TimeoutOf("1500"), milliseconds(1500));
  EXPECT_EQ(*TimeoutOf("9999999999"), milliseconds(9999999999));
  for (const std::string text : {"10000000000", "-1", "+1", "1.5", "1s", " 1", "x", "０"}) {
    EXPECT_EQ(ReasonOf(TimeoutOf(text).status()), "BAD_TIMEOUT") << text;
  }
}

http::Request RequestWith(http::Headers headers) {
  http::Request request;
  request.authority = "ward.example:8443";
  request.headers = std::move(headers);
  return request;
}

TEST(Versions, AreOneOrNone) {
  EXPECT_EQ(ReasonOf(CheckVersion(RequestWith({}))), "");
  EXPECT_EQ(ReasonOf(CheckVersion(RequestWith({{"connect-protocol-version", "1"}}))), "");
  for (const std::string version : {"", "0", "2", "1.0"}) {
    EXPECT_EQ(ReasonOf(CheckVersion(RequestWith({{"connect-protocol-version", version}}))),
              "UNSUPPORTED_PROTOCOL_VERSION")
        << version;
  }
}

TEST(Sessions, AreUsedFromOurOwnPageAlone) {
  struct Case {
    http::Headers headers;
    bool own;
  };
  const std::pair<std::string, std::string> version = {"connect-protocol-version", "1"};
  const std::vector<Case> cases = {
      {{version}, true},
      {{}, false},
      {{version, {"sec-fetch-site", "same-origin"}}, true},
      {{version, {"sec-fetch-site", "none"}}, true},
      {{version, {"sec-fetch-site", "same-site"}}, false},
      {{version, {"sec-fetch-site", "cross-site"}}, false},
      {{version, {"sec-fetch-site", "same-origin"}, {"sec-fetch-site", "cross-site"}}, false},
      {{version, {"origin", "https://ward.example:8443"}}, true},
      {{version, {"origin", "https://WARD.example:8443"}}, true},
      {{version, {"origin", "https://ward.example"}}, false},
      {{version, {"origin", "https://evil.example"}}, false},
      {{version, {"origin", "https://ward.example:8443.evil.example"}}, false},
      {{version, {"origin", "ward.example:8443"}}, false},
      {{version, {"origin", "null"}}, false},
      {{{"origin", "https://ward.example:8443"}}, false},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(ReasonOf(CheckOwnPage(RequestWith(row.headers))), row.own ? "" : "CROSS_SITE_REQUEST")
        << ::testing::PrintToString(row.headers);
  }
  http::Request nameless = RequestWith({version, {"origin", "https://"}});
  nameless.authority = "";
  EXPECT_EQ(ReasonOf(CheckOwnPage(nameless)), "CROSS_SITE_REQUEST");
}

TEST(Base64, IsWrittenWithoutPaddingAndReadWithAndWithout) {
  EXPECT_EQ(ToBase64("\0\xff"s), "AP8");
  EXPECT_EQ(ToBase64(""), "");
  EXPECT_EQ(FromBase64("AP8"), "\0\xff"s);
  EXPECT_EQ(FromBase64("AP8="), "\0\xff"s);
  EXPECT_EQ(FromBase64("AP8=="), std::nullopt);
  EXPECT_EQ(FromBase64("*"), std::nullopt);
}

TEST(Envelopes, AreReadWhateverThePiecesAre) {
  const std::string stream =
      Write({0, ""}) + Write({kCompressedFlag, "abc"}) + Write({0, std::string(300, 'x')});
  EXPECT_EQ(stream.substr(0, 13), "\0\0\0\0\0\1\0\0\0\3abc"s);
  for (const size_t size : {1, 2, 3, 7, 400}) {
    EnvelopeReader reader(300);
    std::vector<Envelope> read;
    for (size_t at = 0; at < stream.size(); at += size) {
      reader.Add(std::string_view(stream).substr(at, size));
      while (true) {
        const auto next = reader.Next();
        ASSERT_TRUE(next.ok()) << next.status();
        if (!next->has_value()) break;
        read.push_back(**next);
      }
    }
    ASSERT_EQ(read.size(), 3) << size;
    EXPECT_EQ(read[0].bytes, "");
    EXPECT_EQ(read[1].flags, kCompressedFlag);
    EXPECT_EQ(read[1].bytes, "abc");
    EXPECT_EQ(read[2].bytes, std::string(300, 'x'));
    EXPECT_EQ(reader.held(), 0);
  }
}

TEST(Envelopes, ThatAreCutAreHeld) {
  EnvelopeReader reader(10);
  EXPECT_EQ(reader.held(), 0);
  reader.Add(std::string_view("\0\0", 2));
  EXPECT_EQ(*reader.Next(), std::nullopt);
  reader.Add(std::string_view("\0\0\3ab", 5));
  EXPECT_EQ(*reader.Next(), std::nullopt);
  EXPECT_EQ(reader.held(), 7);
}

TEST(Envelopes, AreRefusedByTheirFirstBytes) {
  struct Case {
    std::string bytes;
    std::string reason;
  };
  const std::vector<Case> cases = {
      {"\2\0\0\0\2{}"s, "BAD_STREAM"},
      {"\4\0\0\0\0"s, "BAD_STREAM"},
      {"\x80\0\0\0\0"s, "BAD_STREAM"},
      {"\0\0\0\0\x0b"s, "MESSAGE_TOO_LARGE"},
      {"\0\xff\xff\xff\xff"s, "MESSAGE_TOO_LARGE"},
      {"\1\0\0\1\0"s, "MESSAGE_TOO_LARGE"},
  };
  for (const Case& row : cases) {
    EnvelopeReader reader(10);
    reader.Add(row.bytes);
    EXPECT_EQ(ReasonOf(reader.Next().status()), row.reason) << row.bytes;
  }
}

TEST(Compression, IsGzipOrIdentity) {
  EXPECT_EQ(*CompressionOf(""), Compression::kIdentity);
  EXPECT_EQ(*CompressionOf("identity"), Compression::kIdentity);
  EXPECT_EQ(*CompressionOf("gzip"), Compression::kGzip);
  for (const std::string name : {"br", "zstd", "deflate", "gzip, gzip"}) {
    const absl::Status status = CompressionOf(name).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented) << name;
    EXPECT_EQ(domain::DetailOf(status)->sentence.English(),
              "The compression " + name + " is not supported; gzip and identity are.");
  }
}

TEST(Compression, OfAnswersIsAskedFor) {
  for (const std::string accepted :
       {"gzip", "br, gzip", "GZIP", "gzip;q=0.5", "identity, gzip ; q=1"}) {
    EXPECT_TRUE(TakesGzip(accepted)) << accepted;
  }
  for (const std::string accepted : {"", "br", "identity", "gzip;q=0", "gzip;q=0.000", "xgzip"}) {
    EXPECT_FALSE(TakesGzip(accepted)) << accepted;
  }
}

TEST(Compression, GivesBackWhatWasCompressed) {
  for (const std::string& text : {std::string(), "a"s, std::string(100'000, 'x'), "\0\xff"s}) {
    const auto back = Gunzip(Gzip(text), 100'000);
    ASSERT_TRUE(back.ok()) << back.status();
    EXPECT_EQ(*back, text);
  }
  EXPECT_EQ(*Gunzip(Gzip("ab") + Gzip("cd"), 10), "abcd");
  EXPECT_EQ(*Gunzip("", 10), "");
}

TEST(Compression, IsBoundedByWhatItComesTo) {
  const std::string bomb = Gzip(std::string(size_t{64} << 20U, '\0'));
  EXPECT_LT(bomb.size(), size_t{400} << 10U);
  EXPECT_EQ(ReasonOf(Gunzip(bomb, size_t{4} << 20U).status()), "MESSAGE_TOO_LARGE");
  EXPECT_TRUE(Gunzip(Gzip(std::string(5000, 'x')), 5000).ok());
  EXPECT_EQ(ReasonOf(Gunzip(Gzip(std::string(5001, 'x')), 5000).status()), "MESSAGE_TOO_LARGE");
  const std::string many = Gzip(std::string(3000, 'x')) + Gzip(std::string(3000, 'x'));
  EXPECT_EQ(ReasonOf(Gunzip(many, 5000).status()), "MESSAGE_TOO_LARGE");
}

TEST(Compression, ThatIsBrokenIsRefused) {
  const std::string good = Gzip(std::string(5000, 'x'));
  std::string changed = good;
  changed[changed.size() - 6] ^= 1;
  for (const std::string& bytes :
       {good.substr(0, good.size() - 1), good.substr(0, 5), "abc"s, good + "x", changed}) {
    EXPECT_EQ(ReasonOf(Gunzip(bytes, 10'000).status()), "BAD_COMPRESSION");
  }
}

}  // namespace
}  // namespace kirikae::connect
