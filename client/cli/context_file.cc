#include "client/cli/context_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "client/cli/catalogue.h"
#include "client/cli/failure.h"
#include "service/text/similar.h"

namespace kirikae::cli {
namespace {

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;

std::string Variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Failure Unreadable(const std::string& path) {
  return {.code = kUsage,
          .reason = "CONTEXT_FILE_UNREADABLE",
          .sentence = Tr("The file of contexts $0 can't be read. Remove it and log on again with: "
                         "kirikae login",
                         {path})};
}

std::string Text(const YAML::Node& map, const char* key) {
  return map[key].IsDefined() ? map[key].as<std::string>() : "";
}

Contexts Parse(const std::string& yaml) {
  Contexts contexts;
  const YAML::Node root = YAML::Load(yaml);
  contexts.current = Text(root, "current");
  for (const auto& entry : root["contexts"]) {
    const YAML::Node& map = entry.second;
    contexts.all.push_back({.name = entry.first.as<std::string>(),
                            .server = Text(map, "server"),
                            .token = Text(map, "token"),
                            .ca = Text(map, "ca"),
                            .cert = Text(map, "cert"),
                            .key = Text(map, "key")});
  }
  return contexts;
}

std::string ToYaml(const Contexts& contexts) {
  YAML::Emitter out;
  out << YAML::BeginMap << YAML::Key << "current" << YAML::Value << contexts.current;
  out << YAML::Key << "contexts" << YAML::Value << YAML::BeginMap;
  for (const Context& context : contexts.all) {
    out << YAML::Key << context.name << YAML::Value << YAML::BeginMap;
    const auto add = [&out](const char* key, const std::string& value) {
      if (!value.empty()) out << YAML::Key << key << YAML::Value << value;
    };
    add("server", context.server);
    add("token", context.token);
    add("ca", context.ca);
    add("cert", context.cert);
    add("key", context.key);
    out << YAML::EndMap;
  }
  out << YAML::EndMap << YAML::EndMap;
  return std::string(out.c_str()) + "\n";
}

// Writes all of a text to a new file; returns whether it is on the disk.
bool WriteNew(const std::string& path, const std::string& text) {
  unlink(path.c_str());
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (file < 0) return false;
  bool good = true;
  for (size_t at = 0; good && at < text.size();) {
    const ssize_t count = write(file, text.data() + at, text.size() - at);
    good = count > 0;
    if (good) at += static_cast<size_t>(count);
  }
  good = good && fsync(file) == 0;
  return close(file) == 0 && good;
}

}  // namespace

std::string ContextFile() {
  std::string folder = Variable("XDG_CONFIG_HOME");
  if (!folder.starts_with('/')) {
    folder = Variable("HOME");
    if (folder.empty()) return "";
    folder += "/.config";
  }
  return folder + "/kirikae/contexts.yaml";
}

Contexts ReadContexts() {
  const std::string path = ContextFile();
  struct stat info {};
  if (path.empty() || stat(path.c_str(), &info) != 0) return {};
  // Who can change it can have the token sent elsewhere.
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw Failure{.code = kUsage,
                  .reason = "CONTEXT_FILE_OPEN_TO_OTHERS",
                  .sentence = Tr("Other accounts can use the file of contexts $0, which holds "
                                 "tokens, so it is not used. Run: chmod 600 $0",
                                 {path})};
  }
  std::ifstream file(path, std::ios::binary);
  const std::string yaml{std::istreambuf_iterator<char>(file), {}};
  if (!file) throw Unreadable(path);
  try {
    return Parse(yaml);
  } catch (const YAML::Exception&) {
    throw Unreadable(path);
  }
}

void WriteContexts(const Contexts& contexts) {
  const std::string path = ContextFile();
  if (path.empty()) {
    throw Failure{
        .code = kUsage,
        .reason = "NO_HOME",
        .sentence = Tr("Neither HOME nor XDG_CONFIG_HOME says where your settings are, so "
                       "nothing can be stored.")};
  }
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (std::filesystem::create_directories(folder, error)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  const std::string fresh = path + ".new";
  if (!WriteNew(fresh, ToYaml(contexts)) || std::rename(fresh.c_str(), path.c_str()) != 0) {
    throw Failure(FileUnwritable(path));
  }
}

Context* FindContext(Contexts& contexts, const std::string& name) {
  const auto found = std::find_if(contexts.all.begin(), contexts.all.end(),
                                  [&](const Context& context) { return context.name == name; });
  return found == contexts.all.end() ? nullptr : &*found;
}

const Context* ContextToUse(const Contexts& contexts, const std::string& name) {
  const std::string& wanted = name.empty() ? contexts.current : name;
  for (const Context& context : contexts.all) {
    if (context.name == wanted) return &context;
  }
  if (name.empty()) return nullptr;
  std::vector<std::string> names;
  for (const Context& context : contexts.all) names.push_back(context.name);
  constexpr size_t kSlips = 3;
  const auto near = text::Nearest(name, names, kSlips);
  throw Failure{
      .code = kNotFound,
      .reason = "CONTEXT_NOT_FOUND",
      .sentence = near.has_value()
                      ? Tr("There is no context $0. Did you mean $1?", {name, *near})
                      : Tr("There is no context $0. Make one with: kirikae login", {name})};
}

}  // namespace kirikae::cli
