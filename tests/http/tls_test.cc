#include "service/http/tls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/http/certificates.h"
#include "tests/http/http2_client.h"
#include "tests/http/site.h"
#include "tests/http/socket_client.h"
#include "tests/http/tls_client.h"
#include "tests/support/program.h"

namespace kirikae::testing {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// A folder with the files of a server's TLS.
class Tls : public ::testing::Test {
 protected:
  Tls() {
    WriteFile(files_.certificate, own_.CertificatePem());
    WriteSecret(files_.key, own_.KeyPem());
  }

  static std::shared_ptr<const http::TlsContext> Load(const http::TlsFiles& files) {
    auto loaded = http::TlsContext::Load(files);
    EXPECT_TRUE(loaded.ok()) << loaded.status();
    return *std::move(loaded);
  }
  // The sentence with which the files are refused.
  std::string Refusal() const {
    const auto loaded = http::TlsContext::Load(files_);
    EXPECT_EQ(loaded.status().code(), absl::StatusCode::kFailedPrecondition);
    return std::string(loaded.status().message());
  }
  http::Options Options() {
    http::Options options;
    options.tls = holder_ = std::make_shared<http::TlsHolder>(Load(files_));
    return options;
  }
  // With clients' certificates of the authority.
  http::Options OptionsWithAuthority() {
    files_.client_ca = folder_ / "ca.pem";
    WriteFile(files_.client_ca, authority_.CertificatePem());
    return Options();
  }

  const TemporaryFolder folder_;
  http::TlsFiles files_{folder_ / "tls.crt", folder_ / "tls.key", ""};
  const Certificate own_{"ward.example"};
  const Certificate authority_{"Ward CA", nullptr, {.is_authority = true}};
  std::shared_ptr<http::TlsHolder> holder_;
};

TEST_F(Tls, ServesHttp1) {
  Site site(Options());
  TlsClient client(site.address());
  ASSERT_TRUE(client.connected());
  EXPECT_EQ(client.ServerName(), "ward.example");
  const std::string answer = client.Get("/echo");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("ipv4:127.0.0.1 local secure 11 \n"));
  EXPECT_EQ(BodyOf(client.Get("/plain")), "plain");
}

TEST_F(Tls, CarriesMegabytesBothWays) {
  Site site(Options());
  TlsClient client(site.address());
  const std::string body(3'000'000, 'b');
  ASSERT_TRUE(client.Send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" +
                          body + "GET /plain HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_THAT(client.ReadUntil("\r\n\r\nplain"), HasSubstr("\n\n" + body + "HTTP/1.1 200"));
}

TEST_F(Tls, SpeaksVersions12And13Only) {
  Site site(Options());
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(site.address(), {.highest_version = version});
    ASSERT_TRUE(client.connected());
    EXPECT_EQ(SSL_version(client.tls()), version);
    EXPECT_EQ(BodyOf(client.Get("/plain")), "plain");
  }
  EXPECT_FALSE(TlsClient(site.address(), {.highest_version = TLS1_1_VERSION}).connected());
  EXPECT_TRUE(site.Saw("http handshake_failed"));
}

TEST_F(Tls, ServesHttp2ToWhoSpeaksIt) {
  Site site(Options());
  TlsClient tls(site.address(), {.protocols = "\x08http/1.1\x02h2"});
  EXPECT_EQ(tls.Protocol(), "h2");
  Http2Client client(tls);
  EXPECT_THAT(client.Get("/echo").body, HasSubstr("ipv4:127.0.0.1 local secure 20 \n"));
  const std::string body(1'000'000, 'b');
  EXPECT_THAT(client.Await(client.Send("POST", "/echo", body)).body, EndsWith("\n\n" + body));
}

TEST_F(Tls, RefusesProtocolsThatItDoesNotSpeak) {
  Site site(Options());
  EXPECT_EQ(TlsClient(site.address(), {.protocols = "\x08http/1.1"}).Protocol(), "http/1.1");
  EXPECT_FALSE(TlsClient(site.address(), {.protocols = "\x04smtp"}).connected());
}

TEST_F(Tls, FilesThatCannotServeAreRefusedWithASentence) {
  const std::string certificate = own_.CertificatePem();
  const std::string key = own_.KeyPem();
  const Certificate other("other.example");
  const Certificate expired("old.example", nullptr, {.begins = -30, .ends = -1});
  const Certificate early("new.example", nullptr, {.begins = 1, .ends = 30});
  struct Row {
    std::string certificate, key, sentence;
  };
  const std::vector<Row> rows = {
      {certificate, other.KeyPem(), "is not that of the certificate"},
      {expired.CertificatePem(), expired.KeyPem(), "expired on 20"},
      {early.CertificatePem(), early.KeyPem(), "is not valid before 20"},
      {"", key, "holds no certificate"},
      {"nonsense", key, "holds no certificate"},
      {key, key, "holds no certificate"},
      {certificate + certificate.substr(0, 100), key, "holds no certificate"},
      {certificate, "", "holds no private key"},
      {certificate, certificate, "holds no private key"},
      {certificate, own_.EncryptedKeyPem(), "is encrypted"},
  };
  for (const Row& row : rows) {
    WriteFile(files_.certificate, row.certificate);
    WriteSecret(files_.key, row.key);
    EXPECT_THAT(Refusal(), AllOf(HasSubstr(row.sentence), HasSubstr(folder_ / "tls.")));
  }
  WriteFile(files_.certificate, certificate);
  WriteSecret(files_.key, other.KeyPem());
  EXPECT_THAT(Refusal(), AllOf(HasSubstr(files_.certificate), HasSubstr(files_.key)));
}

TEST_F(Tls, AKeyThatOthersCanReadIsRefused) {
  for (const mode_t mode : {0640U, 0604U, 0660U, 0610U}) {
    chmod(files_.key.c_str(), mode);
    EXPECT_THAT(Refusal(), HasSubstr("chmod 600 " + files_.key));
  }
  chmod(files_.key.c_str(), 0400);
  Load(files_);
}

TEST_F(Tls, FilesThatCannotBeReadAreRefused) {
  const http::TlsFiles good = files_;
  files_.certificate = folder_ / "none.crt";
  EXPECT_THAT(Refusal(), HasSubstr(folder_ / "none.crt can't be read: No such file"));
  files_ = good;
  files_.key = folder_ / "none.key";
  EXPECT_THAT(Refusal(), HasSubstr(folder_ / "none.key can't be read: No such file"));
  files_ = good;
  files_.client_ca = folder_.path();
  EXPECT_THAT(Refusal(), HasSubstr(folder_.path() + " can't be read: "));
  files_.client_ca = files_.key;
  EXPECT_THAT(Refusal(), HasSubstr("holds no certificate"));
}

TEST_F(Tls, SendsTheWholeChain) {
  const Certificate middle("Middle CA", &authority_, {.is_authority = true});
  const Certificate leaf("leaf.example", &middle);
  WriteFile(files_.certificate, leaf.CertificatePem() + middle.CertificatePem());
  WriteSecret(files_.key, leaf.KeyPem());
  Site site(Options());
  TlsClient client(site.address());
  EXPECT_EQ(sk_X509_num(SSL_get_peer_cert_chain(client.tls())), 2);
}

// A client certificate is a way to sign in, not a need.
TEST_F(Tls, AClientMayShowACertificateOfTheAuthority) {
  Site site(OptionsWithAuthority());
  const Certificate client("浅見", &authority_, {.organization = "Ward, Office"});
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient with(site.address(), {.own = &client, .highest_version = version});
    EXPECT_THAT(with.Get("/echo"), HasSubstr(" secure 11 CN=浅見,O=Ward\\, Office\n"));
    TlsClient without(site.address(), {.highest_version = version});
    EXPECT_THAT(without.Get("/echo"), HasSubstr(" secure 11 \n"));
  }
}

TEST_F(Tls, AClientsCertificateThatIsWrongIsRefused) {
  Site site(OptionsWithAuthority());
  const Certificate itself("stranger");
  const Certificate other_authority("Ward CA", nullptr, {.is_authority = true});
  const Certificate of_another("stranger", &other_authority);
  const Certificate expired("late", &authority_, {.begins = -30, .ends = -1});
  const Certificate early("early", &authority_, {.begins = 1, .ends = 30});
  const Certificate no_authority("clerk", &authority_);
  const Certificate of_a_clerk("friend", &no_authority);
  int refused = 0;
  for (const Certificate* wrong : {&itself, &of_another, &expired, &early, &of_a_clerk}) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
      TlsClient client(site.address(), {.own = wrong, .highest_version = version});
      EXPECT_EQ(client.Get("/plain"), "") << "in TLS 1.3 the client hears of it later";
      EXPECT_TRUE(site.Saw("http handshake_failed", ++refused));
    }
  }
  EXPECT_EQ(site.Count("begin /plain"), 0);
}

TEST_F(Tls, WithoutAnAuthorityNoCertificateIsAskedFor) {
  Site site(Options());
  const Certificate client("浅見", &authority_);
  TlsClient with(site.address(), {.own = &client});
  EXPECT_THAT(with.Get("/echo"), HasSubstr(" secure 11 \n"));
}

TEST_F(Tls, NewConnectionsGetTheNewCertificateAndOpenOnesGoOn) {
  Site site(Options());
  TlsClient before(site.address());
  EXPECT_EQ(BodyOf(before.Get("/plain")), "plain");
  const Certificate renewed("renewed.example");
  WriteFile(files_.certificate, renewed.CertificatePem());
  WriteSecret(files_.key, renewed.KeyPem());
  holder_->Replace(Load(files_));
  EXPECT_EQ(BodyOf(before.Get("/plain")), "plain");
  TlsClient after(site.address());
  EXPECT_EQ(after.ServerName(), "renewed.example");
  EXPECT_EQ(BodyOf(after.Get("/plain")), "plain");
}

// A browser's second connection saves a round of the handshake; who it is, is kept with it.
TEST_F(Tls, ASessionIsResumedWithItsClientsCertificate) {
  Site site(OptionsWithAuthority());
  const Certificate client("浅見", &authority_);
  TlsClient first(site.address(), {.own = &client});
  first.Get("/plain");
  SSL_SESSION* const session = SSL_get1_session(first.tls());
  TlsClient second(site.address(), {.session = session});
  EXPECT_TRUE(second.resumed());
  EXPECT_THAT(second.Get("/echo"), HasSubstr(" secure 11 CN=浅見\n"));
  // Not by a context with other authorities.
  WriteFile(files_.client_ca, own_.CertificatePem());
  holder_->Replace(Load(files_));
  TlsClient third(site.address(), {.session = session});
  EXPECT_FALSE(third.resumed());
  EXPECT_THAT(third.Get("/echo"), HasSubstr(" secure 11 \n"));
  SSL_SESSION_free(session);
}

TEST_F(Tls, PlainHttpOnTheTlsPortIsToldSo) {
  http::Options options = Options();
  options.say = [](const domain::Sentence& sentence) { return sentence.English() + " 日本語"; };
  Site site(options);
  SocketClient client(site.address());
  client.Send("GET / HTTP/1.1\r\nHost: ward.example\r\n\r\n");
  const std::string answer = client.ReadAll();
  EXPECT_EQ(StatusOf(answer), 400);
  EXPECT_THAT(answer,
              AllOf(HasSubstr("connection: close\r\n"), HasSubstr("HTTPS"), EndsWith(" 日本語\n")));
  EXPECT_FALSE(client.was_reset());
  EXPECT_TRUE(site.Saw("http plain_text_refused"));
}

TEST_F(Tls, NonsenseOnTheTlsPortEndsTheConnection) {
  Site site(Options());
  for (const std::string& nonsense :
       {std::string("\x16\x03\x01\xff\xff", 5) + std::string(1'000, 'x'), std::string(1'000, '\0'),
        std::string("\x80\x2e\x01\x03\x01", 5) + std::string(100, 'x')}) {
    SocketClient client(site.address());
    client.Send(nonsense);
    client.ReadAll();
  }
  EXPECT_TRUE(site.Saw("http handshake_failed", 3));
  EXPECT_EQ(BodyOf(TlsClient(site.address()).Get("/plain")), "plain");
}

TEST_F(Tls, OnAPlainPortEndsTheConnection) {
  Site site;
  EXPECT_FALSE(TlsClient(site.address()).connected());
  EXPECT_TRUE(site.Saw("http tls_on_a_plain_port"));
}

TEST_F(Tls, AHandshakeThatLastsTooLongIsEnded) {
  http::Options options = Options();
  options.limits.handshake_time = std::chrono::milliseconds(200);
  Site site(options);
  SocketClient silent(site.address());
  SocketClient halfway(site.address());
  halfway.Send("\x16\x03\x01\x02");
  TlsClient whole(site.address());
  EXPECT_EQ(silent.ReadAll(), "");
  EXPECT_EQ(halfway.ReadAll(), "");
  EXPECT_TRUE(site.Saw("http slow_handshake", 2));
  EXPECT_EQ(BodyOf(whole.Get("/plain")), "plain");
}

// OpenSSL writes so that a broken pipe raises a signal, which would end the process.
TEST_F(Tls, AClientThatLeavesInTheMiddleOfItsAnswerEndsNothingElse) {
  Site site(Options());
  for (int i = 0; i < 5; ++i) {
    TlsClient client(site.address());
    client.Send("GET /many HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(site.Saw("begin /many", i + 1));
    client.Leave()->Reset();
    EXPECT_TRUE(site.Saw("closed /many", i + 1));
  }
}

TEST_F(Tls, AHandlerIsToldWhenTheClientLeaves) {
  Site site(Options());
  {
    TlsClient client(site.address());
    client.Send("GET /hang HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(site.Saw("begin /hang"));
  }
  EXPECT_TRUE(site.Saw("closed /hang"));
}

}  // namespace
}  // namespace kirikae::testing
