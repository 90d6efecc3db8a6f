#include "service/assets/assets.h"

#include <sodium.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "service/assets/embedded_file.h"
// The list of the page's files, made by the build.
#include "service/assets/embedded_list.h"

namespace kirikae::assets {
namespace {

constexpr size_t kHashBytes = 16;
constexpr std::string_view kPage = "index.html";
constexpr std::string_view kPagePath = "/index.html";

std::string HashHex(std::string_view content) {
  std::array<unsigned char, kHashBytes> hash{};
  crypto_generichash(hash.data(), hash.size(),
                     reinterpret_cast<const unsigned char*>(content.data()), content.size(),
                     nullptr, 0);
  std::string hex(kHashBytes * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
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

// The first parts of the paths of the page's views; see client/web/src/app/routes.ts.
constexpr std::string_view kViews[] = {"",        "today",   "devices", "rollouts", "imports",
                                       "records", "reports", "access",  "sign-in"};

// `/devices/TSM-00001` is one of a view.
bool IsView(std::string_view path) {
  path.remove_prefix(std::min<size_t>(path.size(), 1));
  return std::ranges::find(kViews, path.substr(0, path.find('/'))) != std::end(kViews);
}

bool Accepts(const http::Request& request, std::string_view header, std::string_view what) {
  return http::HeaderValue(request.headers, header).find(what) != std::string_view::npos;
}

}  // namespace

Assets::Assets() {
  for (const EmbeddedFile& file : kEmbedded) {
    Asset asset;
    asset.type = TypeOf(ExtensionOf(file.name));
    asset.body = file.content;
    asset.for_ever = file.name != kPage;
    asset.gzip = Gzip(asset.body);
    asset.etag = "\"" + HashHex(asset.body) + "\"";
    by_path_["/" + std::string(file.name)] = std::move(asset);
  }
}

void Assets::Answer(const http::Request& request, http::Exchange& exchange) const {
  if (request.method != "GET" && request.method != "HEAD") {
    exchange.Answer(405, {{"allow", "GET, HEAD"}}, "");
    return;
  }
  auto found = by_path_.find(IsView(request.path) ? std::string(kPagePath) : request.path);
  const int status = found == by_path_.end() ? 404 : 200;
  // Who reads pages gets the page, which says in their language that nothing stands there.
  if (status == 404 && Accepts(request, "accept", "text/html")) {
    found = by_path_.find(std::string(kPagePath));
  }
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
  if (status == 200 && http::HeaderValue(request.headers, "if-none-match") == asset.etag) {
    exchange.Answer(304, std::move(headers), "");
    return;
  }
  const bool packed = !asset.gzip.empty() && Accepts(request, "accept-encoding", "gzip");
  if (packed) headers.emplace_back("content-encoding", "gzip");
  exchange.Answer(status, std::move(headers), packed ? asset.gzip : asset.body);
}

}  // namespace kirikae::assets
