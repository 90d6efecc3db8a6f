#include "service/assets/assets.h"

#include <sodium.h>
#include <zlib.h>

#include <array>
#include <cstdio>
#include <utility>

#include "service/assets/embedded_file.h"
// The list of the files in client/web, made by the build.
#include "service/assets/embedded_list.h"

namespace kirikae::assets {
namespace {

constexpr size_t kHashBytes = 16;
constexpr size_t kNameBytes = 8;

std::string HashHex(std::string_view content, size_t bytes) {
  std::array<unsigned char, kHashBytes> hash{};
  crypto_generichash(hash.data(), hash.size(),
                     reinterpret_cast<const unsigned char*>(content.data()), content.size(),
                     nullptr, 0);
  std::string hex(bytes * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), bytes);
  hex.pop_back();
  return hex;
}

// "" where it would not be smaller.
std::string Gzip(std::string_view content) {
  constexpr int kGzip = 15 + 16;
  constexpr int kMostMemory = 9;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, kMostMemory,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return "";
  }
  std::string packed(deflateBound(&stream, content.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return done && packed.size() < content.size() ? packed : std::string();
}

std::string_view ExtensionOf(std::string_view name) {
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

std::string TypeOf(std::string_view extension) {
  if (extension == "html") return "text/html; charset=utf-8";
  if (extension == "css") return "text/css; charset=utf-8";
  if (extension == "js") return "text/javascript; charset=utf-8";
  if (extension == "svg") return "image/svg+xml";
  return "application/octet-stream";
}

void ReplaceAll(std::string& text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

bool Accepts(const http::Request& request, std::string_view coding) {
  return http::HeaderValue(request.headers, "accept-encoding").find(coding) !=
         std::string_view::npos;
}

}  // namespace

Assets::Assets() {
  for (const EmbeddedFile& file : kEmbedded) {
    const std::string_view extension = ExtensionOf(file.name);
    if (extension == "html") continue;
    const std::string stem(file.name.substr(0, file.name.size() - extension.size()));
    paths_[std::string(file.name)] =
        "/" + stem + HashHex(file.content, kNameBytes) + "." + std::string(extension);
  }
  for (const EmbeddedFile& file : kEmbedded) {
    Asset asset;
    asset.type = TypeOf(ExtensionOf(file.name));
    asset.body = file.content;
    std::string path = PathOf(file.name);
    asset.for_ever = !path.empty();
    if (path.empty()) {
      path = file.name == "index.html" ? "/" : "/" + std::string(file.name);
      paths_[std::string(file.name)] = path;
      for (const auto& [name, hashed] : paths_) ReplaceAll(asset.body, "/" + name, hashed);
    }
    asset.gzip = Gzip(asset.body);
    asset.etag = "\"" + HashHex(asset.body, kHashBytes) + "\"";
    by_path_[path] = std::move(asset);
  }
}

std::string Assets::PathOf(std::string_view name) const {
  const auto found = paths_.find(name);
  return found == paths_.end() ? "" : found->second;
}

void Assets::Answer(const http::Request& request, http::Exchange& exchange) const {
  if (request.method != "GET" && request.method != "HEAD") {
    exchange.Answer(405, {{"allow", "GET, HEAD"}}, "");
    return;
  }
  const bool is_view = request.path.find('.') == std::string::npos;
  const auto found = by_path_.find(is_view ? std::string_view("/") : request.path);
  if (found == by_path_.end()) {
    exchange.Answer(404, {{"content-type", "text/plain; charset=utf-8"}}, "not found\n");
    return;
  }
  const Asset& asset = found->second;
  http::Headers headers = {
      {"content-type", asset.type},
      {"etag", asset.etag},
      {"vary", "accept-encoding"},
      {"cache-control", asset.for_ever ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (http::HeaderValue(request.headers, "if-none-match") == asset.etag) {
    exchange.Answer(304, std::move(headers), "");
    return;
  }
  const bool packed = !asset.gzip.empty() && Accepts(request, "gzip");
  if (packed) headers.emplace_back("content-encoding", "gzip");
  exchange.Answer(200, std::move(headers), packed ? asset.gzip : asset.body);
}

}  // namespace kirikae::assets
