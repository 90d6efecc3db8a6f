#include "tests/http/http2_client.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace kirikae::testing {
namespace {

nghttp2_nv Field(const std::pair<std::string, std::string>& field) {
  const auto bytes = [](const std::string& text) {
    return const_cast<uint8_t*>(reinterpret_cast<const uint8_t*>(text.data()));
  };
  return {bytes(field.first), bytes(field.second), field.first.size(), field.second.size(),
          NGHTTP2_NV_FLAG_NONE};
}

Http2Client& Self(void* client) { return *static_cast<Http2Client*>(client); }

}  // namespace

struct Http2Client::Body {
  std::string bytes;
  size_t sent = 0;
  bool ends = true;
};

Http2Client::Http2Client(const std::string& address) : Http2Client(address, Wishes()) {}

Http2Client::Http2Client(const std::string& address, const Wishes& wishes)
    : socket_(std::make_unique<SocketClient>(address, wishes.from)) {
  send_ = [this](std::string_view bytes) { return socket_->Send(bytes); };
  read_ = [this] { return socket_->ReadSomeBytes(); };
  Begin(wishes);
}

Http2Client::Http2Client(TlsClient& tls) {
  send_ = [&tls](std::string_view bytes) { return tls.Send(bytes); };
  read_ = [&tls] { return tls.ReadSomeBytes(); };
  Begin(Wishes());
}

Http2Client::~Http2Client() { nghttp2_session_del(session_); }

void Http2Client::Begin(const Wishes& wishes) {
  nghttp2_session_callbacks* own = nullptr;
  nghttp2_session_callbacks_new(&own);
  nghttp2_session_callbacks_set_on_header_callback(
      own, [](nghttp2_session*, const nghttp2_frame* frame, const uint8_t* name, size_t name_size,
              const uint8_t* value, size_t value_size, uint8_t, void* client) {
        Http2Answer& answer = Self(client).answer(frame->hd.stream_id);
        const std::string field(reinterpret_cast<const char*>(name), name_size);
        std::string text(reinterpret_cast<const char*>(value), value_size);
        if (field == ":status") {
          answer.status += (answer.status.empty() ? "" : ",") + text;
        } else {
          answer.headers.emplace_back(field, std::move(text));
        }
        return 0;
      });
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
      own,
      [](nghttp2_session*, uint8_t, int32_t id, const uint8_t* bytes, size_t size, void* client) {
        Self(client).answer(id).body.append(reinterpret_cast<const char*>(bytes), size);
        return 0;
      });
  nghttp2_session_callbacks_set_on_stream_close_callback(
      own, [](nghttp2_session*, int32_t id, uint32_t code, void* client) {
        Self(client).answer(id).closed = true;
        Self(client).answer(id).code = code;
        return 0;
      });
  nghttp2_session_callbacks_set_on_frame_recv_callback(
      own, [](nghttp2_session*, const nghttp2_frame* frame, void* client) {
        if (frame->hd.type == NGHTTP2_GOAWAY) {
          Self(client).gone_ = true;
          Self(client).gone_code_ = frame->goaway.error_code;
        }
        if (frame->hd.type == NGHTTP2_SETTINGS) {
          for (size_t i = 0; i < frame->settings.niv; ++i) {
            const nghttp2_settings_entry& entry = frame->settings.iv[i];
            Self(client).settings_[entry.settings_id] = entry.value;
          }
        }
        return 0;
      });
  nghttp2_option* options = nullptr;
  nghttp2_option_new(&options);
  if (!wishes.takes_bodies) nghttp2_option_set_no_auto_window_update(options, 1);
  nghttp2_session_client_new2(&session_, own, this, options);
  nghttp2_option_del(options);
  nghttp2_session_callbacks_del(own);
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, nullptr, 0);
  Flush();
}

void Http2Client::Flush() {
  const uint8_t* bytes = nullptr;
  ssize_t count = 0;
  while ((count = nghttp2_session_mem_send(session_, &bytes)) > 0) {
    send_({reinterpret_cast<const char*>(bytes), static_cast<size_t>(count)});
  }
}

int32_t Http2Client::Send(const std::string& method, const std::string& path,
                          const std::string& body, const Fields& fields, bool ends) {
  Fields all = {
      {":method", method}, {":scheme", "http"}, {":authority", "ward.example"}, {":path", path}};
  all.insert(all.end(), fields.begin(), fields.end());
  std::vector<nghttp2_nv> sent;
  for (const auto& field : all) sent.push_back(Field(field));
  bodies_.push_back(std::make_unique<Body>(Body{body, 0, ends}));
  nghttp2_data_provider provider{};
  provider.source.ptr = bodies_.back().get();
  provider.read_callback = [](nghttp2_session*, int32_t, uint8_t* bytes, size_t size,
                              uint32_t* flags, nghttp2_data_source* source, void*) {
    Body& own = *static_cast<Body*>(source->ptr);
    const size_t count = std::min(size, own.bytes.size() - own.sent);
    std::copy_n(own.bytes.data() + own.sent, count, bytes);
    own.sent += count;
    if (own.sent == own.bytes.size() && own.ends) *flags |= NGHTTP2_DATA_FLAG_EOF;
    if (count == 0 && !own.ends) return static_cast<ssize_t>(NGHTTP2_ERR_DEFERRED);
    return static_cast<ssize_t>(count);
  };
  const bool has_body = !body.empty() || !ends;
  const int32_t id = nghttp2_submit_request(session_, nullptr, sent.data(), sent.size(),
                                            has_body ? &provider : nullptr, nullptr);
  Flush();
  return id;
}

int32_t Http2Client::SendFields(const Fields& fields) {
  std::vector<nghttp2_nv> sent;
  for (const auto& field : fields) sent.push_back(Field(field));
  const int32_t id =
      nghttp2_submit_request(session_, nullptr, sent.data(), sent.size(), nullptr, nullptr);
  Flush();
  return id;
}

void Http2Client::Reset(int32_t id) {
  nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id, NGHTTP2_CANCEL);
  Flush();
}

bool Http2Client::ReadUntil(const std::function<bool()>& done) {
  while (!done()) {
    const std::string bytes = read_();
    if (bytes.empty()) return done();
    const ssize_t used = nghttp2_session_mem_recv(
        session_, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
    if (used < 0) {
      ADD_FAILURE() << nghttp2_strerror(static_cast<int>(used));
      return false;
    }
    Flush();
  }
  return true;
}

const Http2Answer& Http2Client::Await(int32_t id) {
  ReadUntil([&] { return answers_[id].closed; });
  return answers_[id];
}

uint32_t Http2Client::Setting(int32_t id) const {
  const auto found = settings_.find(id);
  return found == settings_.end() ? 0 : found->second;
}

int32_t Http2Client::Window(int32_t id) const {
  return id == 0 ? nghttp2_session_get_remote_window_size(session_)
                 : nghttp2_session_get_stream_remote_window_size(session_, id);
}

}  // namespace kirikae::testing
