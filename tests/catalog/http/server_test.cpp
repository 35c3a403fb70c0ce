#include "catalog/http/server.h"

#include <fstream>
#include <future>
#include <thread>

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/StreamCopier.h>
#include <gtest/gtest.h>

#include "catalog/http/page.h"
#include "tests/catalog/recorded_case.h"
#include "tests/support/errors.h"

namespace anjuan::test {
namespace {

using catalog::CatalogServer;
using testing::HasSubstr;
using testing::Not;

struct Reply {
  int status = 0;
  Poco::Net::HTTPResponse head;
  std::string body;

  std::string header(const std::string& name) const { return head.get(name, ""); }
};

using Headers = std::vector<std::pair<std::string, std::string>>;

class Server : public testing::Test {
 protected:
  void SetUp() override { start(catalog::HomeKind::kReal); }

  void start(catalog::HomeKind kind) {
    server_ = std::make_unique<CatalogServer>(
        home_.index(), home_.store(), CatalogServer::Options{"127.0.0.1:0", home_.clock(), kind});
    port_ = server_->start();
  }

  Reply ask(const std::string& method, const std::string& target, const Headers& headers = {}) {
    Poco::Net::HTTPClientSession session("127.0.0.1", port_);
    Poco::Net::HTTPRequest request(method, target, Poco::Net::HTTPMessage::HTTP_1_1);
    for (const auto& [name, value] : headers) request.set(name, value);
    session.sendRequest(request);
    Reply reply;
    auto& stream = session.receiveResponse(reply.head);
    reply.status = reply.head.getStatus();
    Poco::StreamCopier::copyToString(stream, reply.body);
    return reply;
  }

  Reply get(const std::string& target, const Headers& headers = {}) {
    return ask("GET", target, headers);
  }

  /// Address of the file of the first document.
  std::string first_file(const packager::PackageId& id) {
    const auto detail = home_.index().find(id);
    return file_address(id, detail->documents.front().file);
  }

  static std::string file_address(const packager::PackageId& id, const std::string& file) {
    return "/packages/" + id.uuid() + "/files/" + catalog::url_part(file);
  }

  std::string address_of(const packager::PackageId& id, const std::string& path) {
    for (const auto& file : home_.index().files(id, 10'000)) {
      if (file.path == path) return file_address(id, file.id);
    }
    ADD_FAILURE() << "no file " << path;
    return "/";
  }

  /// Sends bytes as they are and returns everything that comes back.
  std::string raw(const std::string& bytes) {
    Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", port_));
    socket.setReceiveTimeout(Poco::Timespan(5, 0));
    socket.sendBytes(bytes.data(), static_cast<int>(bytes.size()));
    std::string answer;
    std::array<char, 4096> buffer{};
    try {
      for (int n = 1; n > 0;) {
        n = socket.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
        answer.append(buffer.data(), static_cast<std::size_t>(n));
      }
    } catch (const Poco::Exception&) {
      answer += "\n[no end of connection]";
    }
    return answer;
  }

  CatalogHome home_;
  std::unique_ptr<CatalogServer> server_;
  std::uint16_t port_ = 0;
};

TEST_F(Server, SaysWhatToDoFirstWhenThereIsNothing) {
  const auto reply = get("/");
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr("还没有案卷"));
  EXPECT_THAT(reply.body, HasSubstr("ingest 案卷文件夹"));
}

TEST_F(Server, ListsPackagesWithTheirState) {
  const auto id = home_.add_case(CatalogHome::fixture("A"));
  const auto reply = get("/");
  for (const auto* part :
       {"澄水罚〔2025〕12号", "澄溪县样石采石场", "2025", "30 年", "未检查", "仅限本机使用"}) {
    EXPECT_THAT(reply.body, HasSubstr(part));
  }
  EXPECT_THAT(reply.body, HasSubstr("/packages/" + id.uuid()));
  EXPECT_THAT(reply.body, Not(HasSubstr("<script")));
}

TEST_F(Server, FiltersTheList) {
  home_.add_case(CatalogHome::fixture("A"));
  EXPECT_THAT(get("/?q=%E6%A0%B7%E7%9F%B3").body, HasSubstr("澄水罚〔2025〕12号"));
  const auto none = get("/?q=zzz");
  EXPECT_THAT(none.body, Not(HasSubstr("澄水罚〔2025〕12号")));
  EXPECT_THAT(none.body, HasSubstr("没有符合条件的案卷"));
  EXPECT_EQ(get("/?page=-3&year=abc").status, 200);
}

TEST_F(Server, ShowsOnePackage) {
  const auto id = home_.add_case(CatalogHome::fixture("A"));
  const auto reply = get("/packages/" + id.uuid());
  ASSERT_EQ(reply.status, 200);
  for (const auto* part :
       {"在崩塌滑坡危险区采石案", "投诉举报登记表", "<video", "证明对象", "证明现场采石作业",
        "制作方法", "METS.xml", "representations/", "保管经历", "接收入库", "未检查", "李阳",
        "sha512sum inventory.json", "README.txt", "现场检查(勘验)"}) {
    EXPECT_THAT(reply.body, HasSubstr(part)) << part;
  }
}

TEST_F(Server, SpeaksEnglishWhenAsked) {
  const auto id = home_.add_case(CatalogHome::fixture("B"));
  const auto by_browser = get("/", {{"Accept-Language", "en-GB"}});
  EXPECT_THAT(by_browser.body, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(by_browser.body, HasSubstr("Unchecked"));
  const auto by_address = get("/packages/" + id.uuid() + "?lang=en");
  EXPECT_THAT(by_address.body, HasSubstr("Package structure"));
  EXPECT_THAT(by_address.body, HasSubstr("/files/"));
  EXPECT_THAT(by_address.body, HasSubstr("?lang=en\">"));
  EXPECT_THAT(get("/").body, HasSubstr("<html lang=\"zh-CN\">"));
}

TEST_F(Server, EscapesWhatACaseSays) {
  auto value = CatalogHome::fixture("B");
  const std::string evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
  for (const auto* key : {"title", "cause", "case_no", "agency"}) {
    value.set(key, Json::string(evil + key));
  }
  auto docs = value.find("docs")->items();
  docs[0].set("title", Json::string(evil));
  docs[0].set("doc_no", Json::string(evil));
  docs[0].set("file", Json::string("docs/<script>alert(2)<b>.pdf"));
  value.set("docs", Json::array(docs));
  const auto id = home_.add_case(value);
  for (const auto& target : {std::string("/"), "/packages/" + id.uuid()}) {
    const auto reply = get(target);
    EXPECT_EQ(reply.status, 200);
    EXPECT_THAT(reply.body, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
    EXPECT_THAT(reply.body, Not(HasSubstr("<script")));
    EXPECT_THAT(reply.body, Not(HasSubstr("<img src=x")));
  }
  EXPECT_THAT(get("/?q=%22%3E%3Cscript%3E").body, Not(HasSubstr("<script")));
}

TEST_F(Server, SendsItsGuardsWithEveryAnswer) {
  const auto id = home_.add_case(CatalogHome::fixture("B"));
  for (const auto& target :
       {std::string("/"), "/packages/" + id.uuid(), first_file(id), std::string("/nothing"),
        std::string("/health"), std::string("/assets/catalog.css")}) {
    const auto reply = get(target);
    EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff") << target;
    EXPECT_EQ(reply.header("Referrer-Policy"), "no-referrer") << target;
    EXPECT_EQ(reply.header("Cross-Origin-Resource-Policy"), "same-origin") << target;
    const bool asset = target.starts_with("/assets/");
    EXPECT_EQ(reply.header("Cache-Control"), asset ? "no-cache" : "no-store") << target;
  }
  EXPECT_THAT(get("/").header("Content-Security-Policy"), HasSubstr("default-src 'self'"));
  EXPECT_THAT(get(first_file(id)).header("Content-Security-Policy"),
              HasSubstr("default-src 'none'"));
}

TEST_F(Server, RefusesAForeignHostAndSaysWhy) {
  home_.add_case(CatalogHome::fixture("A"));
  for (const auto* host : {"evil.example", "evil.example:80", "127.0.0.1.evil.example"}) {
    const auto reply = get("/", {{"Host", host}});
    EXPECT_EQ(reply.status, 421) << host;
    EXPECT_THAT(reply.body, HasSubstr("主机名不是本机"));
    EXPECT_THAT(reply.body, Not(HasSubstr("澄水罚")));
  }
  EXPECT_EQ(get("/", {{"Host", "localhost:1"}}).status, 200);
}

TEST_F(Server, RefusesARequestWithoutHostOrWithTwo) {
  EXPECT_THAT(raw("GET / HTTP/1.1\r\n\r\n"), HasSubstr("HTTP/1.1 4"));
  EXPECT_THAT(raw("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n"),
              HasSubstr("HTTP/1.1 4"));
}

TEST_F(Server, TakesNoBody) {
  EXPECT_EQ(ask("POST", "/").status, 405);
  EXPECT_EQ(ask("POST", "/").header("Allow"), "GET, HEAD");
  // A second request hidden in a body must not be answered: the connection ends.
  const auto answer =
      raw("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 45\r\n\r\n"
          "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("HTTP/1.1 400"));
  EXPECT_THAT(answer, Not(HasSubstr("\"packages\"")));
  EXPECT_THAT(
      raw("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
      HasSubstr("HTTP/1.1 400"));
}

TEST_F(Server, RefusesATargetThatIsTooLong) {
  EXPECT_EQ(get("/?q=" + std::string(catalog::kTargetBytesMax - 10, 'a')).status, 200);
  EXPECT_EQ(get("/?q=" + std::string(catalog::kTargetBytesMax, 'a')).status, 400);
}

TEST_F(Server, FindsNothingOutsideThePackage) {
  const auto id = home_.add_case(CatalogHome::fixture("B"));
  const std::string files = "/packages/" + id.uuid() + "/files/";
  for (const auto& target :
       {std::string("/../../../../etc/passwd"), std::string("/assets/../../etc/passwd"),
        std::string("/assets/..%2F..%2Fetc%2Fpasswd"), files + "../../../../etc/passwd",
        files + "..%2F..%2F..%2F..%2Fetc%2Fpasswd", files + "/etc/passwd",
        files + "%2Fetc%2Fpasswd", files + "METS.xml", files + "", files + "v1%2Fcontent",
        std::string("/index.db"), std::string("/packages/..%2Findex.db"),
        std::string("/packages/index.db/files/METS"),
        std::string("/packages/00000000-0000-4000-8000-000000000000"),
        std::string("/packages/" + id.uuid() + "/"), std::string("//")}) {
    const auto reply = get(target);
    EXPECT_EQ(reply.status, 404) << target;
    EXPECT_THAT(reply.body, Not(HasSubstr("root:"))) << target;
  }
}

TEST_F(Server, DoesNotFollowAnIndexThatWasTamperedWith) {
  const auto id = home_.add_case(CatalogHome::fixture("B"));
  const auto target = first_file(id);
  auto database = Database::open(home_.index_file());
  for (const auto* path : {"../../../../../../../../../etc/passwd", "/etc/passwd", "v1"}) {
    database.run("UPDATE file SET content_path = ?", {std::string(path)});
    EXPECT_EQ(get(target).status, 404) << path;
  }
}

TEST_F(Server, SendsAFileAsItIsStored) {
  auto value = CatalogHome::fixture("B");
  auto docs = value.find("docs")->items();
  docs[0].set("file", Json::string("文书/询问笔录 (1)+%41.pdf"));
  value.set("docs", Json::array(docs));
  const auto bytes = random_bytes(3'000'000, 7);
  const auto id = home_.add_case(value, {{"文书/询问笔录 (1)+%41.pdf", bytes}});
  const auto reply = get(first_file(id));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Content-Type"), "application/pdf");
  EXPECT_EQ(reply.header("Accept-Ranges"), "bytes");
  EXPECT_EQ(reply.header("Content-Disposition"),
            "inline; filename=\"____ (1)+_41.pdf\"; "
            "filename*=UTF-8''%E8%AF%A2%E9%97%AE%E7%AC%94%E5%BD%95%20%281%29+%2541.pdf");
  EXPECT_TRUE(reply.body == bytes);
}

TEST_F(Server, SendsForeignMarkupOnlyForSaving) {
  const auto id = home_.add_case(CatalogHome::fixture("B"));
  const auto reply = get(address_of(id, "metadata/descriptive/case.xml"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.header("Content-Disposition"), HasSubstr("attachment; "));
}

class Recording : public Server {
 protected:
  void SetUp() override {
    Server::SetUp();
    auto value = CatalogHome::fixture("B");
    auto recordings = value.find("av")->items();
    recordings.resize(1);
    recordings[0].set("file", Json::string("av/现场.mp4"));
    value.set("av", Json::array(recordings));
    id_ = home_.add_case(value, {{"av/现场.mp4", bytes_}});
    const auto detail = home_.index().find(*id_);
    target_ = file_address(*id_, detail->recordings.front().segments.front().file);
  }

  std::filesystem::path content_of(const std::string& target) {
    for (const auto& file : home_.index().files(*id_, 10'000)) {
      if (file_address(*id_, file.id) == target) return home_.object_of(*id_) / file.content_path;
    }
    ADD_FAILURE() << "no file behind " << target;
    return {};
  }

  std::string bytes_ = random_bytes(2'500'000, 11);
  std::optional<packager::PackageId> id_;
  std::string target_;
};

TEST_F(Recording, CanBeSought) {
  const auto reply = get(target_, {{"Range", "bytes=1000000-1000099"}});
  EXPECT_EQ(reply.status, 206);
  EXPECT_EQ(reply.header("Content-Type"), "video/mp4");
  EXPECT_EQ(reply.header("Content-Length"), "100");
  EXPECT_EQ(reply.header("Content-Range"), "bytes 1000000-1000099/2500000");
  EXPECT_EQ(reply.body, bytes_.substr(1'000'000, 100));
  EXPECT_TRUE(get(target_, {{"Range", "bytes=1000000-"}}).body == bytes_.substr(1'000'000));
  EXPECT_EQ(get(target_, {{"Range", "bytes=-7"}}).body, bytes_.substr(bytes_.size() - 7));
}

TEST_F(Server, SendsThePreservationCopyForSavingAndByParts) {
  TemporaryFolder staged(fast_folder());
  const auto id = home_.add_case(recorded_case(), recorded_content(),
                                 measured_as(recorded_sidecar(), staged.path()));
  const auto copy = address_of(id, "representations/preservation/data/av/1.mkv");
  const auto reply = get(copy, {{"Range", "bytes=4-"}});
  EXPECT_EQ(reply.status, 206);
  EXPECT_EQ(reply.body, "less");
  EXPECT_EQ(reply.header("Content-Type"), "video/x-matroska");
  EXPECT_THAT(reply.header("Content-Disposition"), HasSubstr("attachment; filename=\"1.mkv\""));
  for (const auto* name : {"recording-0001.xml", "continuity-0001.xml", "1.framehash"}) {
    EXPECT_EQ(get(address_of(id, std::string("metadata/other/") + name)).status, 200) << name;
  }
  const auto page = get("/packages/" + id.uuid());
  EXPECT_THAT(page.body, HasSubstr(copy));
  EXPECT_THAT(page.header("Content-Security-Policy"), HasSubstr("default-src 'self'"));
  EXPECT_THAT(page.body, Not(HasSubstr("style="))) << "the policy forbids it";
}

TEST_F(Server, SendsThePicturesOfAContinuityReportAndNothingElseAsSuch) {
  TemporaryFolder staged(fast_folder());
  const auto id = home_.add_case(recorded_case(), recorded_content(),
                                 measured_as(recorded_sidecar(), staged.path()));
  const auto report = address_of(id, "metadata/other/continuity-0001.xml");
  for (int number = 0; number < 3; ++number) {
    const auto reply = get(fmt::format("{}/crops/{}", report, number));
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header("Content-Type"), "image/png");
    EXPECT_EQ(reply.header("Content-Security-Policy"),
              "default-src 'none'; frame-ancestors 'none'");
    EXPECT_EQ(reply.body, crop_bytes(number));
  }
  for (const auto* number : {"3", "-1", "0x", "", "99999999999999999999", "1/2"}) {
    EXPECT_EQ(get(report + "/crops/" + number).status, 404) << number;
  }
  const auto sidecar = address_of(id, "metadata/other/recording-0001.xml");
  EXPECT_EQ(get(sidecar + "/crops/0").status, 404);
  EXPECT_EQ(get(address_of(id, kRecordingFolder + "1.mp4") + "/crops/0").status, 404);
}

TEST_F(Recording, BeyondItsEndIsRefusedWithItsLength) {
  const auto reply = get(target_, {{"Range", "bytes=2500000-"}});
  EXPECT_EQ(reply.status, 416);
  EXPECT_EQ(reply.header("Content-Range"), "bytes */2500000");
}

TEST_F(Recording, OfAnotherTagIsSentWhole) {
  const auto tag = get(target_, {{"Range", "bytes=0-0"}}).header("ETag");
  EXPECT_EQ(get(target_, {{"Range", "bytes=0-9"}, {"If-Range", tag}}).status, 206);
  EXPECT_EQ(get(target_, {{"Range", "bytes=0-9"}, {"If-Range", "\"other\""}}).status, 200);
}

TEST_F(Recording, AnswersHeadWithoutItsBytes) {
  const auto reply = ask("HEAD", target_);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Content-Length"), "2500000");
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(ask("HEAD", "/").status, 200);
}

TEST_F(Recording, KeepsTheConnectionForTheNextPart) {
  Poco::Net::HTTPClientSession session("127.0.0.1", port_);
  session.setKeepAlive(true);
  for (int i = 0; i < 20; ++i) {
    Poco::Net::HTTPRequest request("GET", target_, Poco::Net::HTTPMessage::HTTP_1_1);
    request.setKeepAlive(true);
    const auto first = static_cast<std::size_t>(i) * 100'000;
    request.set("Range", fmt::format("bytes={}-{}", first, first + 99'999));
    session.sendRequest(request);
    Poco::Net::HTTPResponse response;
    std::string body;
    Poco::StreamCopier::copyToString(session.receiveResponse(response), body);
    EXPECT_TRUE(response.getKeepAlive());
    ASSERT_TRUE(body == bytes_.substr(first, 100'000)) << i;
  }
}

TEST_F(Recording, ThatAClientLeavesDoesNotDisturbTheOthers) {
  for (int i = 0; i < 5; ++i) {
    Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", port_));
    const auto request = "GET " + target_ + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    socket.sendBytes(request.data(), static_cast<int>(request.size()));
    std::array<char, 100> some{};
    socket.receiveBytes(some.data(), static_cast<int>(some.size()));
    socket.setLinger(true, 0);  // closes with a reset
  }
  EXPECT_TRUE(get(target_).body == bytes_);
}

TEST_F(Recording, IsPlayedByManyAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int i = 0; i < 24; ++i) {
    threads.emplace_back([&] {
      if (get(target_).body == bytes_) ++right;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 24);
}

TEST_F(Recording, IsSoughtBeyondFourGigabytes) {
  const auto content = content_of(target_);
  std::filesystem::permissions(content, std::filesystem::perms::owner_all);
  constexpr std::uint64_t kFar = 5'000'000'000;
  std::filesystem::resize_file(content, kFar);
  {
    std::fstream file(content, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(4'900'000'000);
    file << "here";
  }
  const auto reply = get(target_, {{"Range", "bytes=4900000000-4900000003"}});
  EXPECT_EQ(reply.status, 206);
  EXPECT_EQ(reply.header("Content-Range"), "bytes 4900000000-4900000003/5000000000");
  EXPECT_EQ(reply.body, "here");
  EXPECT_EQ(ask("HEAD", target_).header("Content-Length"), "5000000000");
}

TEST_F(Recording, DoesNotHoldUpTheEnd) {
  const auto content = content_of(target_);
  std::filesystem::permissions(content, std::filesystem::perms::owner_all);
  std::filesystem::resize_file(content, 100'000'000);  // far more than any socket buffers
  Poco::Net::StreamSocket paused(Poco::Net::SocketAddress("127.0.0.1", port_));
  const auto request = "GET " + target_ + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  paused.sendBytes(request.data(), static_cast<int>(request.size()));
  ASSERT_TRUE(paused.poll(Poco::Timespan(60, 0), Poco::Net::Socket::SELECT_READ));
  auto stopped = std::async(std::launch::async, [&] { server_->stop(); });
  // Without a look at the flag the transfer would wait for its client that long.
  EXPECT_EQ(stopped.wait_for(std::chrono::seconds(catalog::kSendTimeoutSeconds - 5)),
            std::future_status::ready);
  stopped.get();
  EXPECT_THROW(get("/"), Poco::Exception);
}

TEST_F(Recording, ThatIsGoneFromTheStoreIsSaidSo) {
  std::filesystem::remove(content_of(target_));
  const auto reply = get(target_);
  EXPECT_EQ(reply.status, 404);
  EXPECT_THAT(reply.body, HasSubstr("anjuan verify"));
}

TEST_F(Server, AnswersManyIdleConnectionsAndOneMore) {
  std::vector<Poco::Net::StreamSocket> idle;
  for (int i = 0; i < 64; ++i) {
    idle.emplace_back(Poco::Net::SocketAddress("127.0.0.1", port_));
  }
  EXPECT_EQ(get("/health").status, 200);
  // Had it waited for a thread, the idle ones would have been closed before.
  EXPECT_FALSE(idle.front().poll(Poco::Timespan(0), Poco::Net::Socket::SELECT_READ));
}

TEST_F(Server, TellsItsHealth) {
  home_.add_case(CatalogHome::fixture("B"));
  const auto json = Json::parse(get("/health").body, "health");
  EXPECT_EQ(json.text_or("state", ""), "ok");
  EXPECT_EQ(json.find("packages")->as_integer(), 1);
  EXPECT_EQ(json.text_or("time", ""), "2026-11-23T10:00:00+08:00");
}

TEST_F(Server, SaysThatAHomeIsForTraining) {
  server_->stop();
  start(catalog::HomeKind::kTraining);
  EXPECT_THAT(get("/").body, HasSubstr("演练"));
}

TEST_F(Server, ShowsPackagesThatCannotBeRead) {
  const auto id = home_.store_case(CatalogHome::fixture("B"));
  const auto mets = home_.object_of(id) / ("v1/content/" + id.objid() + "/METS.xml");
  std::filesystem::permissions(mets, std::filesystem::perms::owner_all);
  write_text(mets, "damaged");
  home_.index().project(home_.store(), id);
  EXPECT_THAT(get("/").body, HasSubstr(id.object_path()));
}

TEST_F(Server, SaysThatItsPortIsTaken) {
  const auto place = "127.0.0.1:" + std::to_string(port_);
  CatalogServer second(home_.index(), home_.store(), {place, home_.clock()});
  const auto thrown = thrown_by([&] { second.start(); });
  EXPECT_EQ(thrown.word, "busy");
  EXPECT_THAT(thrown.message, HasSubstr("--listen"));
}

TEST_F(Server, StopsAtOnceAndMayBeStoppedTwice) {
  server_->stop();
  server_->stop();
  EXPECT_THROW(get("/"), Poco::Exception);
}

}  // namespace
}  // namespace anjuan::test
