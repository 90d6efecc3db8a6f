#include "service/http/http1_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kirikae::http {
namespace {

// A head with a Host, and these lines behind it.
std::string Head(const std::string& lines, const std::string& first = "POST /a HTTP/1.1") {
  return first + "\r\nHost: ward.example\r\n" + lines + "\r\n";
}

// The status that a head is answered with; 0 = it is served.
int Judge(const std::string& head) {
  const HeadScan scan = ScanHead(head, 0);
  if (scan.status != 0) return scan.status;
  EXPECT_EQ(scan.size, head.size()) << head;
  Http1Reader reader;
  return reader.ReadHead(head);
}

struct Row {
  std::string what;
  std::string head;
  int status;
};

TEST(Http1Reader, JudgesHeads) {
  const std::vector<Row> rows = {
      {"a plain one", Head(""), 0},
      {"a length", Head("Content-Length: 5\r\n"), 0},
      {"a chunked one", Head("Transfer-Encoding: chunked\r\n"), 0},
      {"a chunked one in capitals", Head("TRANSFER-ENCODING: Chunked\r\n"), 0},
      {"length and chunked", Head("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
      {"chunked and length", Head("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400},
      {"two lengths", Head("Content-Length: 5\r\nContent-Length: 6\r\n"), 400},
      {"the same length twice", Head("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
      {"a list of lengths", Head("Content-Length: 5, 5\r\n"), 400},
      {"a signed length", Head("Content-Length: +5\r\n"), 400},
      {"a negative length", Head("Content-Length: -5\r\n"), 400},
      {"a hexadecimal length", Head("Content-Length: 0x5\r\n"), 400},
      {"an empty length", Head("Content-Length: \r\n"), 400},
      {"a length with a space", Head("Content-Length: 5 5\r\n"), 400},
      {"a length beyond 64 bits", Head("Content-Length: 18446744073709551616\r\n"), 400},
      {"chunked twice", Head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
      {"chunked in front of another", Head("Transfer-Encoding: chunked, gzip\r\n"), 501},
      {"another in front of chunked", Head("Transfer-Encoding: gzip, chunked\r\n"), 501},
      {"identity", Head("Transfer-Encoding: identity\r\n"), 501},
      {"something like chunked", Head("Transfer-Encoding: xchunked\r\n"), 501},
      {"chunked in HTTP/1.0", Head("Transfer-Encoding: chunked\r\n", "POST /a HTTP/1.0"), 400},
      {"a space before the colon", Head("Content-Length : 5\r\n"), 400},
      {"a tab before the colon", Head("Transfer-Encoding\t: chunked\r\n"), 400},
      {"a folded line", Head("X: a\r\n b\r\n"), 400},
      {"a line folded with a tab", Head("X: a\r\n\tb\r\n"), 400},
      {"a first line folded", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
      {"a bare line feed", Head("X: a\nContent-Length: 5\r\n"), 400},
      {"a bare carriage return", Head("X: a\rContent-Length: 5\r\n"), 400},
      {"a NUL", Head(std::string("X: a\0b\r\n", 8)), 400},
      {"a control character", Head("X: a\x01\r\n"), 400},
      {"DEL", Head("X: a\x7f\r\n"), 400},
      {"bytes beyond ASCII in a value", Head("X: \xe5\x8c\xba\r\n"), 0},
      {"bytes beyond ASCII in a name", Head("X\xe5: a\r\n"), 400},
      {"no colon", Head("X\r\n"), 400},
      {"an empty name", Head(": a\r\n"), 400},
      {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"no Host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 0},
      {"two Hosts", Head("Host: other.example\r\n"), 400},
      {"the same Host twice", Head("Host: ward.example\r\n"), 400},
      {"an empty Host", "GET / HTTP/1.1\r\nHost: \r\n\r\n", 400},
      {"a Host with a user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
      {"a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
      {"a Host with a space", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
      {"a Host of IPv6", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 0},
      {"HTTP/2.0 in the first line", Head("", "GET / HTTP/2.0"), 505},
      {"HTTP/1.2", Head("", "GET / HTTP/1.2"), 505},
      {"HTTP/0.9", Head("", "GET / HTTP/0.9"), 505},
      {"no version", Head("", "GET /"), 400},
      {"a version in small letters", Head("", "GET / http/1.1"), 400},
      {"a version with a space behind it", Head("", "GET / HTTP/1.1 "), 400},
      {"two spaces in the first line", Head("", "GET  / HTTP/1.1"), 400},
      {"a space in the path", Head("", "GET /a b HTTP/1.1"), 400},
      {"a tab in the path", Head("", "GET /a\tb HTTP/1.1"), 400},
      {"a fragment", Head("", "GET /a#b HTTP/1.1"), 400},
      {"bytes beyond ASCII in the path", Head("", "GET /\xe5 HTTP/1.1"), 400},
      {"a path without a slash", Head("", "GET a HTTP/1.1"), 400},
      {"a star for what is not OPTIONS", Head("", "GET * HTTP/1.1"), 400},
      {"a star for OPTIONS", Head("", "OPTIONS * HTTP/1.1"), 0},
      {"no method", Head("", " / HTTP/1.1"), 400},
      {"a method that is no token", Head("", "G(T / HTTP/1.1"), 400},
      {"an unknown method", Head("", "BREW / HTTP/1.1"), 0},
      {"CONNECT", Head("", "CONNECT ward.example:443 HTTP/1.1"), 501},
      {"100-continue", Head("Expect: 100-continue\r\n"), 0},
      {"another expectation", Head("Expect: tea\r\n"), 417},
      {"a malformed Connection", Head("Connection: ,;\r\n"), 400},
  };
  for (const Row& row : rows) EXPECT_EQ(Judge(row.head), row.status) << row.what;
}

TEST(Http1Reader, ReadsTargets) {
  struct Target {
    std::string sent, path, query, authority;
  };
  const std::vector<Target> rows = {
      {"/", "/", "", "ward.example"},
      {"/a/b?c=d?e", "/a/b", "c=d?e", "ward.example"},
      {"/?", "/", "", "ward.example"},
      {"//a", "//a", "", "ward.example"},
      {"http://other.example:81/a?b", "/a", "b", "other.example:81"},
      {"HTTPS://other.example", "/", "", "other.example"},
      {"http://other.example?b", "/", "b", "other.example"},
  };
  for (const Target& row : rows) {
    Http1Reader reader;
    ASSERT_EQ(reader.ReadHead(Head("", "GET " + row.sent + " HTTP/1.1")), 0) << row.sent;
    EXPECT_EQ(reader.request().path, row.path) << row.sent;
    EXPECT_EQ(reader.request().query, row.query) << row.sent;
    EXPECT_EQ(reader.request().authority, row.authority) << row.sent;
  }
}

TEST(Http1Reader, KeepsEveryFieldInOrderWithItsNameInLowerCase) {
  Http1Reader reader;
  ASSERT_EQ(reader.ReadHead(Head("X-A: 1\r\nx-b:  2 \r\nX-A: 3\r\n")), 0);
  EXPECT_THAT(reader.request().headers,
              ::testing::ElementsAre(std::pair("host", "ward.example"), std::pair("x-a", "1"),
                                     std::pair("x-b", "2"), std::pair("x-a", "3")));
}

// Reads a body that comes in pieces of `step` bytes; "!" at its end when it is broken.
std::string ReadBody(const std::string& lines, const std::string& body, size_t step) {
  Http1Reader reader;
  EXPECT_EQ(reader.ReadHead(Head(lines)), 0);
  std::string in;
  std::string out;
  size_t sent = 0;
  while (true) {
    size_t used = 0;
    const Http1Reader::Event event = reader.Next(in, &used);
    if (event == Http1Reader::Event::kPiece) out += reader.piece();
    if (event == Http1Reader::Event::kBroken) return out + "!";
    if (event == Http1Reader::Event::kEnd) return out + "|" + in.substr(used) + body.substr(sent);
    in.erase(0, used);
    if (event == Http1Reader::Event::kNeedsMore) {
      if (sent == body.size()) return out + "…";
      in += body.substr(sent, step);
      sent = std::min(body.size(), sent + step);
    }
  }
}

TEST(Http1Reader, ReadsBodiesHoweverTheyArrive) {
  struct Body {
    std::string what, lines, sent, read;
  };
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  const std::vector<Body> rows = {
      {"none", "", "next", "|next"},
      {"of length 0", "Content-Length: 0\r\n", "next", "|next"},
      {"of length 5", "Content-Length: 5\r\n", "hellonext", "hello|next"},
      {"cut short", "Content-Length: 5\r\n", "hell", "hell…"},
      {"chunks", chunked, "5\r\nhello\r\n6;a=b\r\n world\r\n0\r\n\r\nnext", "hello world|next"},
      {"chunks in capitals", chunked, "A\r\n0123456789\r\n0\r\n\r\n", "0123456789|"},
      {"trailers", chunked, "1\r\na\r\n0\r\nX: y\r\nZ:\r\n\r\nnext", "a|next"},
      {"a length among the trailers", chunked, "1\r\na\r\n0\r\nContent-Length: 7\r\n\r\n", "a!"},
      {"no last chunk", chunked, "1\r\na\r\n", "a…"},
      {"a size that is none", chunked, "g\r\na\r\n", "!"},
      {"an empty size", chunked, "\r\na\r\n", "!"},
      {"a negative size", chunked, "-1\r\na\r\n", "!"},
      {"a size beyond 64 bits", chunked, "10000000000000001\r\na\r\n", "!"},
      {"a longer chunk than its size", chunked, "1\r\nab\r\n0\r\n\r\n", "a!"},
      {"a bare line feed behind the size", chunked, "1\na\r\n0\r\n\r\n", "!"},
      {"a bare line feed behind the chunk", chunked, "1\r\na\n0\r\n\r\n", "a!"},
  };
  for (const Body& row : rows) {
    for (const size_t step : {1U, 2U, 3U, 1'000U}) {
      EXPECT_EQ(ReadBody(row.lines, row.sent, step), row.read) << row.what << " by " << step;
    }
  }
}

TEST(ScanHead, FindsTheEndHoweverTheBytesArrive) {
  const std::string head = Head("X: y\r\n");
  for (size_t size = 1; size < head.size(); ++size) {
    EXPECT_EQ(ScanHead(head.substr(0, size), 0).size, 0U);
    EXPECT_EQ(ScanHead(head + "rest", size).size, head.size()) << size;
  }
}

}  // namespace
}  // namespace kirikae::http
