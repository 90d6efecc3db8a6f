// Lines reach a file whole and in order, and nobody waits for its reader.
#include "service/server/line_writer.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_split.h"
#include "tests/support/program.h"

namespace kirikae::server {
namespace {

using ::testing::HasSubstr;

TEST(LineWriter, LinesOfManyThreadsAreWholeAndThoseOfEachInOrder) {
  testing::TemporaryFolder folder;
  const std::string path = folder / "log";
  const int file = open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  ASSERT_GE(file, 0);
  constexpr int kThreads = 4;
  constexpr int kLines = 5'000;
  {
    LineWriter writer(file);
    std::vector<std::thread> threads;
    threads.reserve(kThreads);
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&writer, thread] {
        for (int i = 0; i < kLines; ++i) {
          writer.Add(std::to_string(thread) + " " + std::to_string(i) + "\n");
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  close(file);
  std::array<int, kThreads> next{};
  for (const std::string& line :
       std::vector<std::string>(absl::StrSplit(testing::ReadFile(path), '\n', absl::SkipEmpty()))) {
    const auto thread = static_cast<size_t>(line.front() - '0');
    ASSERT_LT(thread, next.size()) << line;
    ASSERT_EQ(line.substr(2), std::to_string(next[thread]++));
  }
  for (const int count : next) EXPECT_EQ(count, kLines);
}

TEST(LineWriter, AFlushReturnsWhenTheLineIsWritten) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  LineWriter writer(ends[1]);
  writer.Add("a line\n");
  writer.Flush();
  std::array<char, 64> read_here{};
  ASSERT_EQ(read(ends[0], read_here.data(), read_here.size()), 7);
  EXPECT_EQ(std::string(read_here.data(), 7), "a line\n");
  close(ends[0]);
}

TEST(LineWriter, NobodyWaitsForAReaderAndWhatWasDroppedIsSaid) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  std::string shown;
  std::thread reader;
  {
    LineWriter writer(ends[1]);
    const std::string line = std::string(1'023, 'x') + "\n";
    // Far more than the pipe and the writer hold. This would never end if it waited.
    for (int i = 0; i < 20'000; ++i) writer.Add(line);
    reader = std::thread([&] {
      std::array<char, 65'536> bytes{};
      for (ssize_t count = 1; count > 0;) {
        count = read(ends[0], bytes.data(), bytes.size());
        if (count > 0) shown.append(bytes.data(), static_cast<size_t>(count));
      }
    });
    writer.Flush();
    writer.Add("the last line\n");
  }
  close(ends[1]);
  reader.join();
  close(ends[0]);
  EXPECT_THAT(shown, HasSubstr(R"("event":"log lines dropped","count":)"));
  EXPECT_THAT(shown, HasSubstr("the last line\n"));
  EXPECT_LT(shown.size(), size_t{20} << 20U);
}

TEST(LineWriter, AnEndComesThoughNobodyReads) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  {
    LineWriter writer(ends[1]);
    const std::string line = std::string(1'023, 'x') + "\n";
    for (int i = 0; i < 200; ++i) writer.Add(line);
    writer.End();
    writer.Add("too late\n");
  }
  close(ends[1]);
  std::string shown;
  std::array<char, 65'536> bytes{};
  for (ssize_t count = 1; count > 0;) {
    count = read(ends[0], bytes.data(), bytes.size());
    if (count > 0) shown.append(bytes.data(), static_cast<size_t>(count));
  }
  close(ends[0]);
  EXPECT_GT(shown.size(), size_t{32} << 10U);
  EXPECT_LT(shown.size(), size_t{200} << 10U);
}

}  // namespace
}  // namespace kirikae::server
