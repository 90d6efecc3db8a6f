#include "service/server/sign_in.h"

#include <grpcpp/alarm.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "service/app/access/sessions.h"
#include "service/app/hash.h"
#include "service/catalogue/catalogue.h"
#include "service/domain/error_detail.h"
#include "service/http/same_origin.h"
#include "service/status_macros.h"

namespace kirikae::server {
namespace {

using domain::Sentence;

constexpr std::string_view kSignIn = "/signin";
constexpr std::string_view kSignOut = "/signout";
// A browser takes a cookie with this beginning only over TLS, for this host alone.
constexpr std::string_view kSecureCookie = "__Host-kirikae";
constexpr std::string_view kPlainCookie = "kirikae-session";
constexpr size_t kMostBytes = 4096;
constexpr char kJson[] = "application/json; charset=utf-8";

std::string_view CookieName(const http::Request& request) {
  return request.secure ? kSecureCookie : kPlainCookie;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// The session's id in the cookies of a request; "" = none.
std::string_view SessionIn(const http::Request& request) {
  const std::string_view name = CookieName(request);
  for (const auto& [field, value] : request.headers) {
    if (field != "cookie") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const size_t end = rest.find(';');
      const std::string_view pair = Trimmed(rest.substr(0, end));
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
      const size_t equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
        return pair.substr(equals + 1);
      }
    }
  }
  return {};
}

std::string Cookie(const http::Request& request, const std::string& id, int64_t seconds) {
  return std::string(CookieName(request)) + "=" + id + "; Path=/; HttpOnly; SameSite=Strict" +
         (request.secure ? "; Secure" : "") + "; Max-Age=" + std::to_string(seconds);
}

// An error as a unary call of the Connect protocol has it, with the Japanese beside it.
std::string ErrorBody(std::string_view code, const Sentence& sentence) {
  return nlohmann::json{
      {"code", code}, {"message", sentence.English()}, {"messageJa", catalogue::Japanese(sentence)}}
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The value of a form's field, decoded; "" = it has none.
std::string FormField(std::string_view form, std::string_view name) {
  while (!form.empty()) {
    const size_t end = form.find('&');
    const std::string_view pair = form.substr(0, end);
    form = end == std::string_view::npos ? std::string_view() : form.substr(end + 1);
    if (!pair.starts_with(name) || pair.substr(name.size(), 1) != "=") continue;
    std::string value;
    const std::string_view coded = pair.substr(name.size() + 1);
    for (size_t i = 0; i < coded.size(); ++i) {
      const bool is_coded = coded[i] == '%' && i + 2 < coded.size() &&
                            HexDigit(coded[i + 1]) >= 0 && HexDigit(coded[i + 2]) >= 0;
      if (is_coded) {
        value += static_cast<char>(HexDigit(coded[i + 1]) * 16 + HexDigit(coded[i + 2]));
        i += 2;
      } else {
        value += coded[i] == '+' ? ' ' : coded[i];
      }
    }
    return value;
  }
  return "";
}

// The token in a body; "" = there is none.
std::string TokenIn(std::string_view type, const std::string& body) {
  if (type.starts_with("application/x-www-form-urlencoded")) return FormField(body, "token");
  const nlohmann::json json = nlohmann::json::parse(body, nullptr, false);
  const auto token = json.is_object() ? json.find("token") : json.end();
  return json.is_object() && token != json.end() && token->is_string() ? token->get<std::string>()
                                                                       : std::string();
}

// One request for /signin or /signout.
class SignInHandler final : public http::Handler,
                            public std::enable_shared_from_this<SignInHandler> {
 public:
  SignInHandler(api::Environment& env, http::Request request,
                std::shared_ptr<http::Exchange> exchange)
      : env_(env), request_(std::move(request)), exchange_(std::move(exchange)) {}

  void Begin() { exchange_->ReadMore(); }

  void OnBody(std::string_view piece) override {
    body_ += piece;
    if (body_.size() > kMostBytes) {
      Refuse(413, "resource_exhausted", Sentence("This is no token: it is too long."));
      return;
    }
    exchange_->ReadMore();
  }

  void OnBodyEnd() override {
    if (request_.path == kSignOut) {
      SignOut();
    } else {
      SignInWith(TokenIn(type(), body_));
    }
  }

  void OnClosed() override {}

 private:
  std::string_view type() const { return http::HeaderValue(request_.headers, "content-type"); }
  bool is_form() const { return type().starts_with("application/x-www-form-urlencoded"); }

  void Refuse(int status, std::string_view code, const Sentence& sentence) {
    exchange_->Answer(status, {{"content-type", kJson}}, ErrorBody(code, sentence));
  }

  void SignInWith(const std::string& token) {
    const absl::Time now = env_.ward.now();
    const std::string shown = "Bearer " + token;
    const absl::StatusOr<app::Caller> caller = env_.authority.Identify({shown, ""}, now);
    if (caller.ok()) {
      BeginSession(caller->token, now);
      return;
    }
    const absl::Duration delay = env_.door.Wrong(request_.peer, now);
    // The alarm keeps the function that it runs, and the function keeps the alarm until it has run.
    const auto alarm = std::make_shared<std::unique_ptr<grpc::Alarm>>();
    *alarm = std::make_unique<grpc::Alarm>();
    (*alarm)->Set(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(delay),
                  [alarm, self = shared_from_this()](bool) {
                    self->Refuse(401, "unauthenticated",
                                 Sentence("The token is wrong, was revoked or has expired. Ask an "
                                          "administrator for a new one."));
                    alarm->reset();
                  });
  }

  void BeginSession(int64_t token, absl::Time now) {
    store::WriteRequest write;
    write.now = now;
    const auto begun = std::make_shared<app::NewSession>();
    write.make = [begun, token, now](store::ReadView& view,
                                     int64_t) -> absl::StatusOr<store::Draft> {
      ASSIGN_OR_RETURN(*begun, app::BeginSession(view, token, now));
      store::Draft draft;
      draft.edits.emplace_back(begun->session);
      return draft;
    };
    env_.store.Write(std::move(write), [self = shared_from_this(), begun,
                                        now](const absl::StatusOr<std::string>& written) {
      self->Begun(written.status(), *begun, now);
    });
  }

  void Begun(const absl::Status& written, const app::NewSession& begun, absl::Time now) {
    if (!written.ok()) {
      const auto detail = domain::DetailOf(written);
      Refuse(503, "unavailable",
             detail.has_value() ? detail->sentence
                                : Sentence("You can't be signed in now, because nothing can be "
                                           "written. Try again, or tell an administrator."));
      return;
    }
    env_.authority.Add(begun.session);
    const int64_t seconds = absl::ToInt64Seconds(begun.session.expire_time - now);
    Leave(Cookie(request_, begun.id, seconds));
  }

  void SignOut() {
    const std::string hash = app::HashHex(SessionIn(request_));
    // Who is not signed in makes no write.
    if (!env_.authority.EndSession(hash)) {
      Leave(Cookie(request_, "", 0));
      return;
    }
    env_.streams.CancelSession(hash);
    store::WriteRequest write;
    write.now = env_.ward.now();
    write.make = [hash](store::ReadView&, int64_t) -> absl::StatusOr<store::Draft> {
      store::Draft draft;
      draft.edits.emplace_back(store::SessionEnd{hash});
      return draft;
    };
    env_.store.Write(std::move(write), [self = shared_from_this()](
                                           const absl::StatusOr<std::string>& written) {
      if (written.ok()) {
        self->Leave(Cookie(self->request_, "", 0));
      } else {
        self->Refuse(503, "unavailable",
                     Sentence("You are signed out until the service starts again: the end of the "
                              "session can't be written. Try again, or tell an administrator."));
      }
    });
  }

  // A form leads on to the page.
  void Leave(std::string cookie) {
    http::Headers headers = {{"set-cookie", std::move(cookie)}, {"cache-control", "no-store"}};
    if (is_form()) headers.emplace_back("location", "/");
    exchange_->Answer(is_form() ? 303 : 204, std::move(headers), "");
  }

  api::Environment& env_;
  const http::Request request_;
  const std::shared_ptr<http::Exchange> exchange_;
  std::string body_;
};

}  // namespace

bool SignIn::Serves(std::string_view path) { return path == kSignIn || path == kSignOut; }

std::shared_ptr<http::Handler> SignIn::Begin(const http::Request& request,
                                             std::shared_ptr<http::Exchange> exchange) {
  if (request.method != "POST") {
    exchange->Answer(405, {{"allow", "POST"}}, "");
    return nullptr;
  }
  if (!http::IsSameOrigin(request)) {
    exchange->Answer(403, {{"content-type", kJson}},
                     ErrorBody("permission_denied",
                               Sentence("Another web page has sent this; sign in on the page of "
                                        "the service itself.")));
    return nullptr;
  }
  auto handler = std::make_shared<SignInHandler>(env_, request, std::move(exchange));
  handler->Begin();
  return handler;
}

std::optional<std::string> SignIn::CredentialsOf(const http::Request& request) {
  const std::string_view id = SessionIn(request);
  if (id.empty()) return std::nullopt;
  return "Session " + std::string(id);
}

}  // namespace kirikae::server
