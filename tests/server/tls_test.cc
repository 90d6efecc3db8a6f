// Encrypted ports: certificates that kirikaed makes, and what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "kirikae/v1/access_service.grpc.pb.h"
#include "tests/support/daemon.h"
#include "tests/support/program.h"

namespace kirikae {
namespace {

using testing::Daemon;
using ::testing::HasSubstr;
using testing::kTestDay;
using ::testing::Not;
using testing::ProgramResult;
using testing::ReadFile;
using testing::RunProgram;
using testing::TemporaryFolder;
using testing::WriteFile;

using Flags = std::vector<std::string>;

Flags With(Flags flags, const Flags& more) {
  flags.insert(flags.end(), more.begin(), more.end());
  return flags;
}

// A folder with an authority and a server's certificate for 127.0.0.1 and localhost.
class TlsTest : public ::testing::Test {
 protected:
  TlsTest() {
    const ProgramResult made = Make({"--host", "localhost", "--host", "127.0.0.1"});
    EXPECT_EQ(made.exit_code, 0) << made.err;
  }

  ProgramResult Make(const Flags& hosts) const {
    return RunProgram(With({KIRIKAED, "certificate", "--to", tls()}, hosts));
  }
  std::string tls() const { return folder_ / "tls"; }
  std::string file(const std::string& name) const { return tls() + "/" + name; }
  Flags flags() const {
    return {"--now",           kTestDay,           "--allow-self-approval",
            "--tls-cert",      file("server.crt"), "--tls-key",
            file("server.key")};
  }
  // Runs openssl in the folder.
  void OpenSsl(Flags arguments) const {
    arguments.insert(arguments.begin(), "/usr/bin/openssl");
    const ProgramResult result = RunProgram(arguments);
    ASSERT_EQ(result.exit_code, 0) << result.err;
  }
  // Makes NAME.key and NAME.crt, signed by AUTHORITY.
  void Sign(const std::string& authority, const std::string& name, const std::string& subject,
            const std::string& days) const {
    OpenSsl({"req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-utf8",
             "-subj", subject, "-keyout", file(name + ".key"), "-out", file(name + ".csr")});
    OpenSsl({"x509", "-req", "-in", file(name + ".csr"), "-CA", file(authority + ".crt"), "-CAkey",
             file(authority + ".key"), "-days", days, "-out", file(name + ".crt")});
  }

  TemporaryFolder folder_;
};

TEST_F(TlsTest, CertificatesAreTheirOwnersAndSayWhatToInstallWhere) {
  for (const char* name : {"ca.key", "ca.crt", "server.key", "server.crt"}) {
    struct stat info {};
    ASSERT_EQ(stat(file(name).c_str(), &info), 0) << name;
    EXPECT_EQ(info.st_mode & 0777, 0600U) << name;
  }
  const std::string authority = ReadFile(file("ca.crt"));
  const std::string server = ReadFile(file("server.crt"));
  const ProgramResult again = Make({"--host", "inventory.example"});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr("DNS:inventory.example"));
  EXPECT_THAT(again.out, HasSubstr("certutil"));
  EXPECT_EQ(ReadFile(file("ca.crt")), authority) << "every PC would need the authority again";
  EXPECT_NE(ReadFile(file("server.crt")), server);
  EXPECT_EQ(Make({"--host", "no host"}).exit_code, 1);
}

TEST_F(TlsTest, TheCommandLineSpeaksWithItAndTrustsNoOther) {
  const Daemon daemon(flags());
  const ProgramResult known = daemon.Run({"whoami", "--ca", file("ca.crt")});
  EXPECT_EQ(known.exit_code, 0) << known.err;

  ASSERT_EQ(
      RunProgram({KIRIKAED, "certificate", "--to", folder_ / "other", "--host", "x"}).exit_code, 0);
  const ProgramResult stranger = daemon.Run({"whoami", "--ca", folder_ / "other/ca.crt"});
  EXPECT_EQ(stranger.exit_code, 6);
  EXPECT_THAT(stranger.err, HasSubstr("is not trusted here"));
  const ProgramResult plain = daemon.Run({"whoami"});
  EXPECT_EQ(plain.exit_code, 6);
  EXPECT_THAT(plain.err, HasSubstr("give --ca"));
}

TEST_F(TlsTest, TlsToAPlainPortIsNamed) {
  const Daemon daemon;
  const ProgramResult result = daemon.Run({"whoami", "--ca", file("ca.crt")});
  EXPECT_EQ(result.exit_code, 6);
  EXPECT_THAT(result.err, HasSubstr("is not encrypted"));
}

TEST_F(TlsTest, FilesThatDoNotFitStartNothing) {
  ASSERT_EQ(
      RunProgram({KIRIKAED, "certificate", "--to", folder_ / "other", "--host", "x"}).exit_code, 0);
  const std::string state = folder_ / "state";
  const auto start = [&](const std::string& certificate, const std::string& key) {
    return RunProgram({KIRIKAED, "--state-dir", state, "--listen", "127.0.0.1:0", "--tls-cert",
                       certificate, "--tls-key", key});
  };
  Sign("ca", "old", "/CN=localhost", "-1");
  const std::vector<std::pair<std::string, std::string>> unfit = {
      {file("server.crt"), folder_ / "other/server.key"},
      {file("server.crt"), file("none.key")},
      {file("server.key"), file("server.key")},
      {file("old.crt"), file("old.key")}};
  for (const auto& [certificate, key] : unfit) {
    const ProgramResult result = start(certificate, key);
    EXPECT_EQ(result.exit_code, 1) << certificate << " " << key;
    EXPECT_THAT(result.err, HasSubstr(folder_.path())) << result.err;
    EXPECT_FALSE(std::filesystem::exists(state + "/kirikae.db")) << result.err;
  }
  std::filesystem::permissions(file("server.key"), std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  EXPECT_EQ(start(file("server.crt"), file("server.key")).exit_code, 1);
}

TEST_F(TlsTest, ANewCertificateIsTakenOnSighupAndAnUnfitOneIsNot) {
  Daemon daemon(flags());
  WriteFile(file("server.crt"), "no certificate");
  kill(daemon.pid(), SIGHUP);
  EXPECT_EQ(daemon.Run({"whoami", "--ca", file("ca.crt")}).exit_code, 0);

  // Another authority: who trusts only the new one gets in once it is in force.
  std::filesystem::remove(file("ca.crt"));
  std::filesystem::remove(file("ca.key"));
  ASSERT_EQ(Make({"--host", "127.0.0.1"}).exit_code, 0);
  kill(daemon.pid(), SIGHUP);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  ProgramResult result;
  do {
    result = daemon.Run({"whoami", "--ca", file("ca.crt")});
  } while (result.exit_code != 0 && std::chrono::steady_clock::now() < end);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(daemon.Stop().err, HasSubstr("certificates not read again"));
  daemon.Start(With(flags(), {"--http", "127.0.0.1:0"}));
  const ProgramResult metrics = RunProgram({"/usr/bin/curl", "-sS", "--cacert", file("ca.crt"),
                                            "https://" + daemon.http_address() + "/metrics"});
  EXPECT_THAT(metrics.out, HasSubstr("kirikae_certificate_expiry_timestamp_seconds 1"))
      << metrics.err;
}

TEST_F(TlsTest, AClientCertificateStandsForAToken) {
  Sign("ca", "kiosk", "/O=Toshima/CN=窓口1", "30");
  Sign("ca", "stranger", "/O=Toshima/CN=stranger", "30");
  Sign("ca", "old", "/O=Toshima/CN=窓口1", "-1");
  ASSERT_EQ(
      RunProgram({KIRIKAED, "certificate", "--to", folder_ / "other", "--host", "x"}).exit_code, 0);
  std::filesystem::copy(folder_ / "other/ca.crt", file("forger.crt"));
  std::filesystem::copy(folder_ / "other/ca.key", file("forger.key"));
  Sign("forger", "forged", "/O=Toshima/CN=窓口1", "30");
  const Daemon daemon(With(flags(), {"--tls-client-ca", file("ca.crt")}));
  const ProgramResult made =
      daemon.Run({"token", "create", "窓口端末", "--role", "viewer", "--certificate",
                  "CN=窓口1,O=Toshima", "--ca", file("ca.crt"), "-o", "json"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(made.out, Not(HasSubstr("krk_")));

  const auto call = [&](const std::string& name, const Flags& verb) {
    return RunProgram(With({KIRIKAE, "--server", daemon.address(), "--ca", file("ca.crt"), "--cert",
                            file(name + ".crt"), "--key", file(name + ".key")},
                           verb),
                      {"LC_ALL=C.UTF-8"});
  };
  const ProgramResult kiosk = call("kiosk", {"whoami"});
  EXPECT_EQ(kiosk.exit_code, 0) << kiosk.err;
  EXPECT_THAT(kiosk.out, HasSubstr("窓口端末"));
  EXPECT_EQ(call("kiosk", {"token", "list"}).exit_code, 5);
  EXPECT_EQ(call("stranger", {"whoami"}).exit_code, 5);
  EXPECT_EQ(call("old", {"whoami"}).exit_code, 6);
  EXPECT_EQ(call("forged", {"whoami"}).exit_code, 6);
  // The subject is no secret.
  EXPECT_EQ(daemon.RunAs("CN=窓口1,O=Toshima", {"whoami", "--ca", file("ca.crt")}).exit_code, 2);
  // A certificate stands for one token at a time.
  EXPECT_EQ(daemon
                .Run({"token", "create", "別の端末", "--role", "viewer", "--certificate",
                      R"(CN=\E7\AA\93\E5\8F\A31,O=Toshima)", "--ca", file("ca.crt")})
                .exit_code,
            7);
  ASSERT_EQ(daemon.Run({"token", "revoke", "2", "--yes", "--ca", file("ca.crt")}).exit_code, 0);
  EXPECT_EQ(call("kiosk", {"whoami"}).exit_code, 5);
}

TEST(Addresses, ThatOthersReachNeedACertificate) {
  const TemporaryFolder folder;
  for (const Flags& flags :
       std::vector<Flags>{{"--listen", "0.0.0.0:0"},
                          {"--listen", "127.0.0.1:0", "--http", "[::]:0"},
                          {"--listen", "127.0.0.1:0", "--tls-cert", "x"},
                          {"--listen", "127.0.0.1:0", "--tls-client-ca", "x"}}) {
    const ProgramResult result =
        RunProgram(With({KIRIKAED, "--state-dir", folder / "state"}, flags));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("--tls-cert"));
    EXPECT_FALSE(std::filesystem::exists(folder / "state"));
  }
}

}  // namespace
}  // namespace kirikae
