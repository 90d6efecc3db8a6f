#include "service/server/stream_counts.h"

#include <grpc/grpc.h>
#include <grpc/support/alloc.h>

#include <nlohmann/json.hpp>

#include "absl/strings/numbers.h"

namespace kirikae::server {
namespace {

using nlohmann::json;

// What gRPC's channelz tells: JSON in memory that gRPC allocated; null where there is nothing.
json Told(char* text) {
  if (text == nullptr) return nullptr;
  json told = json::parse(text, nullptr, false);
  gpr_free(text);
  return told;
}

// Numbers of 64 bits are texts in the JSON of Protocol Buffers, and 0 is left out.
int64_t Number(const json& object, const char* key) {
  const auto found = object.find(key);
  int64_t number = 0;
  if (found == object.end() || !found->is_string() ||
      !absl::SimpleAtoi(found->get_ref<const std::string&>(), &number)) {
    return 0;
  }
  return number;
}

void ReadServer(int64_t server, std::vector<StreamCount>& counts) {
  constexpr int kAtATime = 500;
  int64_t next = 0;
  while (true) {
    const json page = Told(grpc_channelz_get_server_sockets(server, next, kAtATime));
    if (!page.is_object() || !page.contains("socketRef")) return;
    for (const json& ref : page["socketRef"]) {
      const int64_t id = Number(ref, "socketId");
      next = id + 1;
      const json told = Told(grpc_channelz_get_socket(id));
      if (!told.is_object() || !told.contains("socket")) continue;
      const json data = told["socket"].value("data", json::object());
      // "chttp2 ipv4:127.0.0.1:40312"
      const std::string name = ref.value("name", "");
      counts.push_back({.peer = name.substr(name.rfind(' ') + 1),
                        .outstanding = Number(data, "streamsStarted") -
                                       Number(data, "streamsSucceeded") -
                                       Number(data, "streamsFailed"),
                        .streams = Number(data, "streamsStarted"),
                        .messages = Number(data, "messagesReceived")});
    }
    if (page.value("end", false)) return;
  }
}

}  // namespace

std::vector<StreamCount> ReadStreamCounts() {
  std::vector<StreamCount> counts;
  const json servers = Told(grpc_channelz_get_servers(0));
  if (!servers.is_object() || !servers.contains("server")) return counts;
  for (const json& server : servers["server"]) {
    ReadServer(Number(server.value("ref", json::object()), "serverId"), counts);
  }
  return counts;
}

}  // namespace kirikae::server
